//! Who the client is to a server that wants a certificate.

use crate::error::Error;
use native_tls::Identity;
use std::fmt;

/// A client certificate with its private key, for servers that ask for one (mutual TLS).
///
/// The key is held by the platform's TLS library alone, which wipes it. It is never printed.
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
    /// Takes a certificate chain in PEM form, the client's own certificate first, and its key in PKCS #8 PEM form
    /// (`BEGIN PRIVATE KEY`, RFC 5958), which is not encrypted.
    ///
    /// # Errors
    ///
    /// An [`Error`] if one of them cannot be read. Whether the key is the certificate's shows in the first https request.
    pub fn from_pem(certificates: &[u8], key: &[u8]) -> Result<Self, Error> {
        // The cause would name our position in OpenSSL's code, and nothing that helps.
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
