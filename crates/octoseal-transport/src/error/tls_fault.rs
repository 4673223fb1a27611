//! Why there is no TLS connection, in words of our own: each library has others.

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
    /// Reads a cause's text; what is not known (the words are OpenSSL's) stays without a reason.
    pub(crate) fn read(text: &str) -> Self {
        let known = KNOWN.iter().find(|(words, _)| text.contains(words));
        known.map_or(Self::Other, |(_, fault)| *fault)
    }

    /// What is wrong, and what to do next.
    pub(crate) fn describe(self, f: &mut fmt::Formatter<'_>, server: &str) -> fmt::Result {
        let reason = match self {
            Self::Untrusted => {
                "nobody we trust has signed its certificate; if an authority of your own did, add that authority to \
                 the root certificates"
            }
            Self::WrongName => "its certificate is for another host; check the address",
            Self::Expired => {
                "its certificate is not valid at this time; check the clock of this machine, then the certificate"
            }
            Self::NotTls => "it does not speak TLS at this port; check scheme and port",
            Self::Version => "it speaks no version of TLS that we take, which is 1.2 at the least",
            Self::ClientCertificate => {
                "it wants a client certificate that it trusts; check the client identity of the configuration"
            }
            Self::Other => {
                "the handshake failed; check the address, and if an authority of your own signed its certificate, \
                 add that authority to the root certificates"
            }
        };
        write!(f, "no TLS connection to {server}: {reason}")
    }
}

/// The first that is found counts: OpenSSL says "certificate verify failed" before it says why.
const KNOWN: &[(&str, TlsFault)] = &[
    ("hostname mismatch", TlsFault::WrongName),
    ("IP address mismatch", TlsFault::WrongName),
    ("certificate has expired", TlsFault::Expired),
    ("certificate is not yet valid", TlsFault::Expired),
    ("certificate required", TlsFault::ClientCertificate),
    ("alert bad certificate", TlsFault::ClientCertificate),
    // The server could not check the signature of our certificate or of our key.
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
