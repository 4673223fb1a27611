//! The protocol, address and credentials of one proxy.

use crate::error::Error;
use http::uri::Authority;
use http::{HeaderValue, Uri};
use percent_encoding::percent_decode_str;
use std::fmt;
use std::str::FromStr;
use zeroize::Zeroizing;

/// A proxy as it was configured. It prints without its credentials.
#[derive(Clone)]
pub(crate) struct Proxy {
    pub(crate) protocol: Protocol,
    host: String,
    port: u16,
    pub(crate) credentials: Option<Credentials>,
}

#[derive(Clone, Copy, Eq, PartialEq)]
pub(crate) enum Protocol {
    /// HTTP's method CONNECT (RFC 9110, section 9.3.6).
    Http,
    /// SOCKS version 5 (RFC 1928) with a locally resolved address.
    Socks5,
    /// SOCKS version 5 with a name, which the proxy resolves.
    Socks5h,
}

/// It has no `Debug`, since nothing in it may be printed.
#[derive(Clone)]
pub(crate) struct Credentials {
    pub(crate) user: String,
    pub(crate) password: Zeroizing<String>,
}

impl Proxy {
    pub(crate) fn host(&self) -> &str {
        &self.host
    }

    /// Returns the address to connect to. Its scheme has no meaning for the TCP connector.
    pub(crate) fn address(&self) -> Uri {
        let authority = format!("{}:{}", self.host, self.port);
        let uri = Uri::builder().scheme("http").authority(authority).path_and_query("/").build();
        uri.expect("host and port were parsed from an authority")
    }
}

impl Credentials {
    /// Returns the header of the scheme Basic (RFC 7617).
    pub(crate) fn basic(&self) -> HeaderValue {
        use base64::Engine;
        let pair = Zeroizing::new(format!("{}:{}", self.user, *self.password));
        let text = format!("Basic {}", base64::prelude::BASE64_STANDARD.encode(pair.as_bytes()));
        let mut header = HeaderValue::try_from(text).expect("base64 is fit for a header");
        header.set_sensitive(true);
        header
    }
}

/// # Errors
///
/// An [`Error`] that names the fault and repeats nothing of the text: a password may be anywhere in it.
impl FromStr for Proxy {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let (scheme, rest) = text.split_once("://").unwrap_or(("http", text));
        let (protocol, default_port) = protocol(scheme)?;
        let rest = rest.strip_suffix('/').unwrap_or(rest);
        // The last `@` counts, as in curl: a password may contain one.
        let (credentials, address) = match rest.rsplit_once('@') {
            Some((user_info, address)) => (Some(credentials(user_info, protocol)?), address),
            None => (None, rest),
        };
        let authority: Authority = address.parse().map_err(|_| Error::refused(NO_ADDRESS))?;
        let host = authority.host();
        let port = match &authority.as_str()[host.len()..] {
            "" => Some(default_port),
            rest => rest.strip_prefix(':').and_then(|port| port.parse().ok()).filter(|port| *port != 0),
        };
        match port {
            Some(port) if !host.is_empty() => {
                Ok(Self { protocol, host: host.to_ascii_lowercase(), port, credentials })
            }
            _ => Err(Error::refused(NO_ADDRESS)),
        }
    }
}

fn protocol(scheme: &str) -> Result<(Protocol, u16), Error> {
    match scheme.to_ascii_lowercase().as_str() {
        "http" => Ok((Protocol::Http, 80)),
        "socks5" => Ok((Protocol::Socks5, 1080)),
        "socks5h" => Ok((Protocol::Socks5h, 1080)),
        "https" => Err(Error::refused(
            "TLS to a proxy (https://) is not supported: use http://, since the tunneled traffic is already encrypted",
        )),
        "socks4" | "socks4a" => Err(Error::refused("SOCKS 4 is not supported: use socks5:// or socks5h://")),
        _ => Err(Error::refused("a proxy's address starts with http://, socks5:// or socks5h://")),
    }
}

fn credentials(user_info: &str, protocol: Protocol) -> Result<Credentials, Error> {
    let (user, password) = user_info.split_once(':').unwrap_or((user_info, ""));
    let user = decode(user)?.to_string();
    let password = decode(password)?;
    match protocol {
        Protocol::Http if user.contains(':') => Err(Error::refused("a proxy's user name has no colon")),
        // Each length is sent as one byte (RFC 1929, section 2).
        Protocol::Socks5 | Protocol::Socks5h if user.len() > 255 || password.len() > 255 => {
            Err(Error::refused("a SOCKS proxy takes a user name and a password of 255 bytes at most"))
        }
        _ => Ok(Credentials { user, password }),
    }
}

fn decode(text: &str) -> Result<Zeroizing<String>, Error> {
    let decoded = percent_decode_str(text).decode_utf8();
    match decoded {
        Ok(decoded) if !decoded.contains(char::is_control) => Ok(Zeroizing::new(decoded.into_owned())),
        _ => Err(Error::refused("a proxy's user name and password are text, percent-encoded where needed")),
    }
}

/// Writes the scheme, the host and the port, without credentials.
impl fmt::Display for Proxy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let scheme = match self.protocol {
            Protocol::Http => "http",
            Protocol::Socks5 => "socks5",
            Protocol::Socks5h => "socks5h",
        };
        write!(f, "{scheme}://{}:{}", self.host, self.port)
    }
}

impl fmt::Debug for Proxy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

const NO_ADDRESS: &str = "a proxy's address is a host and perhaps a port, such as http://proxy.example:3128";
