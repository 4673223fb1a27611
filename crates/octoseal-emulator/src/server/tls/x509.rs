//! A minimal X.509 certificate authority (RFC 5280) with keys on P-256, for TLS on one machine.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ring::digest::{SHA256, digest};
use ring::error::Unspecified;
use ring::rand::{SecureRandom as _, SystemRandom};
use ring::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair as _};
use std::net::IpAddr;

/// An authority: its name, its key, and its self-signed certificate.
pub(crate) struct Authority {
    name: Vec<u8>,
    key: EcdsaKeyPair,
    pub(crate) certificate: Vec<u8>,
}

/// A certificate in DER, and its key in PKCS #8.
pub(crate) struct Issued {
    pub(crate) certificate: Vec<u8>,
    pub(crate) key: Vec<u8>,
}

/// The years in which a certificate begins and ends. Both dates are January 1.
pub(crate) type Years = (u16, u16);

impl Authority {
    /// Generates a key and signs the certificate of an authority that has no subordinate authorities.
    pub(crate) fn new(common_name: &str, years: Years) -> Result<Self, Unspecified> {
        let (name, (key, _)) = (name(common_name), key()?);
        let extensions = [
            extension(&[0x55, 0x1d, 0x13], true, &sequence(&[&[1, 1, 0xff, 2, 1, 0]])), // an authority, with a path of 0
            extension(&[0x55, 0x1d, 0x0f], true, &[3, 2, 1, 0b0000_0110]), // signs certificates and lists
            extension(&[0x55, 0x1d, 0x0e], false, &tagged(0x04, &[&identifier(&key)])),
        ];
        let certificate = signed(&key, &name, &name, &key, years, &extensions)?;
        Ok(Self { name, key, certificate })
    }

    /// Generates a key and signs a certificate for these hosts, names or addresses, as server and client.
    pub(crate) fn issue(&self, hosts: &[&str], years: Years) -> Result<Issued, Unspecified> {
        let (key, pkcs8) = key()?;
        let hosts: Vec<Vec<u8>> = hosts.iter().map(|host| general_name(host)).collect();
        let hosts: Vec<&[u8]> = hosts.iter().map(Vec::as_slice).collect();
        let issuer = tagged(0x80, &[&identifier(&self.key)]);
        let extensions = [
            extension(&[0x55, 0x1d, 0x11], false, &sequence(&hosts)),
            extension(&[0x55, 0x1d, 0x0f], true, &[3, 2, 7, 0b1000_0000]), // signs handshakes
            extension(&[0x55, 0x1d, 0x25], false, &sequence(&[SERVER_AUTH, CLIENT_AUTH])),
            extension(&[0x55, 0x1d, 0x23], false, &sequence(&[&issuer])),
        ];
        let certificate =
            signed(&self.key, &self.name, &name("octoseal-emulator"), &key, years, &extensions)?;
        Ok(Issued { certificate, key: pkcs8 })
    }
}

/// Encodes DER as text (RFC 7468).
pub(crate) fn pem(label: &str, der: &[u8]) -> String {
    let mut text = format!("-----BEGIN {label}-----\n");
    for line in der.chunks(48) {
        STANDARD.encode_string(line, &mut text);
        text.push('\n');
    }
    text + &format!("-----END {label}-----\n")
}

fn key() -> Result<(EcdsaKeyPair, Vec<u8>), Unspecified> {
    let random = SystemRandom::new();
    let pkcs8 = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, &random)?;
    let key = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, pkcs8.as_ref(), &random);
    Ok((key.map_err(|_| Unspecified)?, pkcs8.as_ref().to_vec()))
}

fn signed(
    signer: &EcdsaKeyPair,
    issuer: &[u8],
    subject: &[u8],
    key: &EcdsaKeyPair,
    years: Years,
    extensions: &[Vec<u8>],
) -> Result<Vec<u8>, Unspecified> {
    let mut serial = [0; 16];
    SystemRandom::new().fill(&mut serial)?;
    serial[0] = serial[0] & 0x7f | 0x40; // positive, and of 16 bytes
    let validity = sequence(&[&beginning(years.0), &beginning(years.1)]);
    let public_key = sequence(&[EC_ON_P256, &tagged(0x03, &[&[0], key.public_key().as_ref()])]);
    let extensions: Vec<&[u8]> = extensions.iter().map(Vec::as_slice).collect();
    let certificate = sequence(&[
        &[0xa0, 3, 2, 1, 2], // version 3
        &tagged(0x02, &[&serial]),
        ECDSA_WITH_SHA256,
        issuer,
        &validity,
        subject,
        &public_key,
        &tagged(0xa3, &[&sequence(&extensions)]),
    ]);
    let signature = signer.sign(&SystemRandom::new(), &certificate)?;
    Ok(sequence(&[&certificate, ECDSA_WITH_SHA256, &tagged(0x03, &[&[0], signature.as_ref()])]))
}

/// Encodes the beginning of a year. Years before 2050 have two digits.
fn beginning(year: u16) -> Vec<u8> {
    match year {
        1950..2050 => tagged(0x17, &[format!("{:02}0101000000Z", year % 100).as_bytes()]),
        _ => tagged(0x18, &[format!("{year:04}0101000000Z").as_bytes()]),
    }
}

/// Encodes a distinguished name with a common name only.
fn name(common_name: &str) -> Vec<u8> {
    let attribute = sequence(&[&[0x06, 3, 0x55, 0x04, 0x03], &tagged(0x0c, &[common_name.as_bytes()])]);
    sequence(&[&tagged(0x31, &[&attribute])])
}

fn general_name(host: &str) -> Vec<u8> {
    match host.parse() {
        Ok(IpAddr::V4(address)) => tagged(0x87, &[&address.octets()]),
        Ok(IpAddr::V6(address)) => tagged(0x87, &[&address.octets()]),
        Err(_) => tagged(0x82, &[host.as_bytes()]),
    }
}

fn identifier(key: &EcdsaKeyPair) -> [u8; 20] {
    let hash = digest(&SHA256, key.public_key().as_ref());
    std::array::from_fn(|index| hash.as_ref()[index])
}

fn extension(id: &[u8], is_critical: bool, value: &[u8]) -> Vec<u8> {
    let critical: &[u8] = if is_critical { &[1, 1, 0xff] } else { &[] };
    sequence(&[&tagged(0x06, &[id]), critical, &tagged(0x04, &[value])])
}

fn sequence(parts: &[&[u8]]) -> Vec<u8> {
    tagged(0x30, parts)
}

/// Encodes a DER element of at most 65,535 bytes.
fn tagged(tag: u8, parts: &[&[u8]]) -> Vec<u8> {
    let content = parts.concat();
    let [.., high, low] = content.len().to_be_bytes();
    let head = match content.len() {
        0..=0x7f => vec![tag, low],
        0x80..=0xff => vec![tag, 0x81, low],
        _ => vec![tag, 0x82, high, low],
    };
    [head, content].concat()
}

const CLIENT_AUTH: &[u8] = &[0x06, 8, 0x2b, 0x06, 0x01, 0x05, 0x05, 0x07, 0x03, 0x02];
const SERVER_AUTH: &[u8] = &[0x06, 8, 0x2b, 0x06, 0x01, 0x05, 0x05, 0x07, 0x03, 0x01];
const ECDSA_WITH_SHA256: &[u8] = &[0x30, 10, 0x06, 8, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02];
#[rustfmt::skip]
const EC_ON_P256: &[u8] = &[
    0x30, 19, 0x06, 7, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 8, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07,
];
