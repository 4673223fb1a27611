//! Reasons of failed TLS connections, in uniform words: each library has its own.

use std::fmt;

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum TlsFault {
    Untrusted,
    WrongName,
    Expired,
    NotTls,
    Version,
    ClientCertificate,
    Other,
}

impl TlsFault {
    /// Finds the reason in a cause's text. An unknown text (the words are OpenSSL's) has no reason.
    pub(crate) fn read(text: &str) -> Self {
        let known = KNOWN.iter().find(|(words, _)| text.contains(words));
        known.map_or(Self::Other, |(_, fault)| *fault)
    }

    /// Describes the fault and a remedy.
    pub(crate) fn describe(self, f: &mut fmt::Formatter<'_>, server: &str) -> fmt::Result {
        let reason = match self {
            Self::Untrusted => {
                "its certificate is not signed by a trusted authority; if it is signed by your own authority, add that \
                 authority to the root certificates"
            }
            Self::WrongName => "its certificate is for another host; check the address",
            Self::Expired => {
                "its certificate is not valid at this time; check the clock of this machine, then the certificate"
            }
            Self::NotTls => "it does not use TLS at this port; check scheme and port",
            Self::Version => "it does not support TLS 1.2 or newer",
            Self::ClientCertificate => {
                "it requires a client certificate that it trusts; check the client identity of the configuration"
            }
            Self::Other => {
                "the handshake failed; check the address, and if its certificate is signed by your own authority, add \
                 that authority to the root certificates"
            }
        };
        write!(f, "no TLS connection to {server}: {reason}")
    }
}

/// The first match counts: OpenSSL writes "certificate verify failed" before the reason.
const KNOWN: &[(&str, TlsFault)] = &[
    ("hostname mismatch", TlsFault::WrongName),
    ("IP address mismatch", TlsFault::WrongName),
    ("certificate has expired", TlsFault::Expired),
    ("certificate is not yet valid", TlsFault::Expired),
    ("certificate required", TlsFault::ClientCertificate),
    ("alert bad certificate", TlsFault::ClientCertificate),
    // The server could not verify the signature of the client's certificate or key.
    ("alert decrypt error", TlsFault::ClientCertificate),
    ("alert unknown ca", TlsFault::ClientCertificate),
    ("alert certificate unknown", TlsFault::ClientCertificate),
    ("certificate verify failed", TlsFault::Untrusted),
    ("alert protocol version", TlsFault::Version),
    ("unsupported protocol", TlsFault::Version),
    ("wrong version number", TlsFault::NotTls),
    ("packet length too long", TlsFault::NotTls),
    ("http request", TlsFault::NotTls),
];
