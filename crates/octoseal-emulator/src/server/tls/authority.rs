//! A certificate authority that lives as long as the emulator, with one certificate.

use super::x509::{self, pem};
use native_tls::Identity;
use std::io;
use std::net::IpAddr;

/// Creates the server's identity, and the certificate of the authority in PEM. The authority's key is
/// dropped.
pub(super) fn generate(address: IpAddr) -> io::Result<(Identity, String)> {
    let broken = |_| io::Error::other("the operating system has no randomness");
    let authority =
        x509::Authority::new("octoseal-emulator's own authority, for tests", YEARS).map_err(broken)?;
    let address = address.to_string();
    let mut hosts = NAMES.to_vec();
    if !hosts.contains(&address.as_str()) {
        hosts.push(&address);
    }
    let issued = authority.issue(&hosts, YEARS).map_err(broken)?;
    let (certificate, key) = (pem("CERTIFICATE", &issued.certificate), pem("PRIVATE KEY", &issued.key));
    let identity = Identity::from_pkcs8(certificate.as_bytes(), key.as_bytes()).map_err(io::Error::other)?;
    Ok((identity, pem("CERTIFICATE", &authority.certificate)))
}

/// A range that includes every clock of a test.
const YEARS: x509::Years = (1975, 4096);

/// The names of this machine. `gh` uses the second and the third.
const NAMES: &[&str] = &["localhost", "github.localhost", "api.github.localhost", "::1", "127.0.0.1"];
