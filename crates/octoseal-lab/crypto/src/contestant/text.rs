//! Keys and boxes in base64, for contestants that have none of their own.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// A key from base64, as the guides in other languages do it: the length is checked and nothing else.
pub(crate) fn decode(key: &str) -> Result<[u8; 32], String> {
    let bytes = STANDARD.decode(key).map_err(|error| error.to_string())?;
    bytes.try_into().map_err(|_| "the key has not 32 bytes".to_owned())
}

/// Standard base64 with padding.
pub(crate) fn encode(sealed: &[u8]) -> String {
    STANDARD.encode(sealed)
}
