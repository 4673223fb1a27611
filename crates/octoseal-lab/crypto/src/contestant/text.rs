//! Base64 of keys and boxes, for contestants without their own.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// Decodes a key, as the guides in other languages do: only the length is checked.
pub(crate) fn decode(key: &str) -> Result<[u8; 32], String> {
    let bytes = STANDARD.decode(key).map_err(|error| error.to_string())?;
    bytes.try_into().map_err(|_| "the key does not have 32 bytes".to_owned())
}

/// Encodes in standard base64 with padding.
pub(crate) fn encode(sealed: &[u8]) -> String {
    STANDARD.encode(sealed)
}
