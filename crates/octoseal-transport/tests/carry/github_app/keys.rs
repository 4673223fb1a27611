//! Private keys in their forms, and invalid ones.

use super::PRIVATE_KEY;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use octoseal_transport::{RsaKey, Signer};
use std::error::Error as _;

/// Returns the key as GitHub generates it: the content of the PKCS #8 wrapper, which has 26 bytes for a key
/// of this size.
fn pkcs1() -> String {
    let der: String = PRIVATE_KEY.lines().filter(|line| !line.starts_with("--")).collect();
    pem("RSA PRIVATE KEY", &STANDARD.encode(&STANDARD.decode(der).unwrap()[26..]))
}

fn pem(label: &str, body: &str) -> String {
    format!("-----BEGIN {label}-----\r\n{body}\r\n-----END {label}-----\r\n")
}

#[tokio::test]
async fn both_forms_are_the_same_key() {
    let signed = |pem: String| async move {
        RsaKey::from_pem(pem.as_bytes()).unwrap().sign(b"message").await.unwrap()
    };
    let commented = format!("My App\n{PRIVATE_KEY}");
    let first = signed(PRIVATE_KEY.to_owned()).await;
    assert_eq!(first.len(), 256);
    assert_eq!(first, signed(pkcs1()).await);
    assert_eq!(first, signed(commented).await);
}

#[test]
fn an_invalid_key_is_explained_and_not_repeated() {
    let joined = PRIVATE_KEY.replace('\n', "\\n");
    let cut = PRIVATE_KEY.split("-----END").next().unwrap();
    let encrypted = "Proc-Type: 4,ENCRYPTED\r\nDEK-Info: AES-128-CBC,00\r\n\r\nMIICanary";
    let long = format!("{PRIVATE_KEY}{}", " ".repeat(16_384));
    for (text, words) in [
        ("canary", "it is not PEM, which starts with `-----BEGIN RSA PRIVATE KEY-----`"),
        ("", "it is not PEM"),
        ("-----BEGIN canary", "it is not PEM"),
        (&pem("PUBLIC KEY", "MIICanary"), "it is a public key, which cannot sign"),
        (&pem("RSA PUBLIC KEY", "MIICanary"), "it is a public key, which cannot sign"),
        (&pem("EC PRIVATE KEY", "MIICanary"), "it is an EC key, and GitHub Apps sign with RSA"),
        (&pem("ENCRYPTED PRIVATE KEY", "MIICanary"), "it is encrypted; decrypt it with `openssl rsa"),
        (&pem("RSA PRIVATE KEY", encrypted), "it is encrypted; decrypt it with `openssl rsa"),
        (&pem("OPENSSH PRIVATE KEY", "MIICanary"), "it is an SSH key"),
        (&pem("CERTIFICATE", "MIICanary"), "it is a certificate"),
        (&pem("canary", "MIICanary"), "it is PEM, but not a private key"),
        (&pem("PRIVATE KEY", "Canary!"), "it is damaged"),
        (&pem("PRIVATE KEY", "MIICanary000"), "it is not an RSA key of 2048 to 4096 bits"),
        (&pem("RSA PRIVATE KEY", ""), "it is not an RSA key of 2048 to 4096 bits"),
        (&joined, "it is damaged; its lines must be as they are in the file"),
        (cut, "its last line is missing"),
        (&long, "it is longer than a private key"),
    ] {
        let error = RsaKey::from_pem(text.as_bytes()).unwrap_err();
        let output = format!("{error} {error:?} {:?}", error.source());
        assert!(error.to_string().starts_with("the App's private key cannot be used: "), "{error}");
        assert!(error.to_string().contains(words), "{error}");
        assert!(!output.to_lowercase().contains("canary") && !output.contains("MII"), "{output}");
    }
    assert!(RsaKey::from_pem(&[0xff; 9]).unwrap_err().to_string().contains("it is not PEM"));
}

#[test]
fn only_the_size_of_a_key_is_printed() {
    let key = RsaKey::from_pem(PRIVATE_KEY.as_bytes()).unwrap();
    assert_eq!(format!("{key:?}"), "RsaKey(2048 bits)");
}
