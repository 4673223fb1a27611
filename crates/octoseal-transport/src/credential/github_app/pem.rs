//! Private keys in PEM (RFC 7468), with an explanation for texts that are not one.

use crate::error::Error;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use zeroize::Zeroizing;

/// The DER of a private key, wiped when it is dropped.
pub(super) enum Der {
    /// `RSAPrivateKey`, the form of keys that GitHub generates (RFC 8017, A.1.2).
    Pkcs1(Zeroizing<Vec<u8>>),
    /// `PrivateKeyInfo` (RFC 5208).
    Pkcs8(Zeroizing<Vec<u8>>),
}

/// Reads the first section of the text.
pub(super) fn read(pem: &[u8]) -> Result<Der, Error> {
    if pem.len() > MAX_LENGTH {
        return Err(wrong("it is longer than a private key"));
    }
    let text = std::str::from_utf8(pem).map_err(|_| wrong(NO_PEM))?;
    let (label, rest) = text
        .split_once("-----BEGIN ")
        .and_then(|(_, rest)| rest.split_once("-----"))
        .ok_or_else(|| wrong(NO_PEM))?;
    match label {
        "RSA PRIVATE KEY" if rest.contains("ENCRYPTED") => Err(wrong(ENCRYPTED)),
        "RSA PRIVATE KEY" => decode(label, rest).map(Der::Pkcs1),
        "PRIVATE KEY" => decode(label, rest).map(Der::Pkcs8),
        "ENCRYPTED PRIVATE KEY" => Err(wrong(ENCRYPTED)),
        "EC PRIVATE KEY" => Err(wrong("it is an EC key, and GitHub Apps sign with RSA")),
        "OPENSSH PRIVATE KEY" => Err(wrong("it is an SSH key; use the one that the App's settings generate")),
        "PUBLIC KEY" | "RSA PUBLIC KEY" => Err(wrong("it is a public key, which cannot sign")),
        "CERTIFICATE" => Err(wrong("it is a certificate")),
        _ => Err(wrong("it is PEM, but not a private key")),
    }
}

fn decode(label: &str, rest: &str) -> Result<Zeroizing<Vec<u8>>, Error> {
    let (body, _) = rest.split_once(&format!("-----END {label}-----")).ok_or_else(|| wrong(CUT))?;
    // The whole capacity is reserved: a growing buffer would leave a copy in memory.
    let mut base64 = Zeroizing::new(Vec::with_capacity(body.len()));
    base64.extend(body.bytes().filter(|byte| !byte.is_ascii_whitespace()));
    let mut der = Zeroizing::new(vec![0; base64.len()]);
    let length = STANDARD.decode_slice(&*base64, &mut der).map_err(|_| wrong(DAMAGED))?;
    der.truncate(length);
    Ok(der)
}

/// Creates an error without any part of the key.
pub(super) fn wrong(why: &str) -> Error {
    Error::refused(format!("the App's private key cannot be used: {why}"))
}

/// A key of 8,192 bits has about 6,500 bytes.
const MAX_LENGTH: usize = 16_384;

const NO_PEM: &str = "it is not PEM, which starts with `-----BEGIN RSA PRIVATE KEY-----`";
const ENCRYPTED: &str = "it is encrypted; decrypt it with `openssl rsa -in FILE -out FILE`";
const CUT: &str = "its last line is missing";
const DAMAGED: &str = "it is damaged; its lines must be as they are in the file, not joined by `\\n`";
