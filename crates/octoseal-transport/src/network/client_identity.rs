//! The client's certificate for servers that require one.

use crate::error::Error;
use native_tls::Identity;
use std::fmt;

/// A client certificate with its private key, for servers that require one (mutual TLS).
///
/// Only the platform's TLS library holds the key, and wipes it. It is never printed.
///
/// # Examples
///
/// ```
/// use octoseal_transport::ClientIdentity;
///
/// let error = ClientIdentity::from_pem(b"no certificate", b"no key").unwrap_err();
/// assert!(error.to_string().contains("PKCS #8"));
/// ```
#[derive(Clone)]
pub struct ClientIdentity(pub(crate) Identity);

impl ClientIdentity {
    /// Reads a certificate chain in PEM form, the client's own certificate first, and its key in unencrypted
    /// PKCS #8 PEM form (`BEGIN PRIVATE KEY`, RFC 5958).
    ///
    /// # Errors
    ///
    /// An [`Error`] if one of them cannot be read. The first https request checks whether the key belongs to
    /// the certificate.
    pub fn from_pem(certificates: &[u8], key: &[u8]) -> Result<Self, Error> {
        // The cause would only name a position in OpenSSL's code.
        Identity::from_pkcs8(certificates, key).map(Self).map_err(|_| {
            Error::refused(
                "a client identity is a certificate chain in PEM form and its key in PKCS #8 PEM form (BEGIN \
                 PRIVATE KEY, not encrypted)",
            )
        })
    }
}

impl fmt::Debug for ClientIdentity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ClientIdentity(..)")
    }
}
