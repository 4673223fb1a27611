//! A certificate authority that lives as long as the emulator, and its one certificate.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use native_tls::Identity;
use rcgen::{
    BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, KeyPair, KeyUsagePurpose,
};
use std::error::Error;
use std::net::IpAddr;

/// The server's identity, and the certificate of the authority in PEM; the authority's key is dropped here.
pub(super) fn generate(address: IpAddr) -> Result<(Identity, String), Box<dyn Error + Send + Sync>> {
    let authority_key = KeyPair::generate()?;
    let mut authority = CertificateParams::default();
    authority.distinguished_name.push(DnType::CommonName, "octoseal-emulator's own authority, for tests");
    authority.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    authority.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    let authority = authority.self_signed(&authority_key)?;

    let mut names: Vec<String> = NAMES.iter().map(|name| (*name).to_owned()).collect();
    names.push(address.to_string());
    names.dedup();
    let key = KeyPair::generate()?;
    let mut server = CertificateParams::new(names)?;
    server.distinguished_name.push(DnType::CommonName, "octoseal-emulator");
    server.use_authority_key_identifier_extension = true;
    server.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    server.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    let certificate = server.signed_by(&key, &authority, &authority_key)?;
    let (certificate, key) =
        (pem("CERTIFICATE", certificate.der()), pem("PRIVATE KEY", &key.serialize_der()));
    let identity = Identity::from_pkcs8(certificate.as_bytes(), key.as_bytes())?;
    Ok((identity, pem("CERTIFICATE", authority.der())))
}

/// RFC 7468; rcgen would bring two more crates for it.
fn pem(label: &str, der: &[u8]) -> String {
    let mut text = format!("-----BEGIN {label}-----\n");
    for line in der.chunks(48) {
        STANDARD.encode_string(line, &mut text);
        text.push('\n');
    }
    text + &format!("-----END {label}-----\n")
}

/// What this machine is called; `gh` asks the last two.
const NAMES: &[&str] = &["localhost", "github.localhost", "api.github.localhost", "::1", "127.0.0.1"];
