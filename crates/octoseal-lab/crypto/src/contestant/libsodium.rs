//! The baseline: the bundled libsodium's `crypto_box_seal`, called as from C.

use crate::sealer::Sealer;
use crate::text::{decode, encode};
use octoseal_lab_shared::versions;
use std::ffi::{CStr, c_ulonglong};

const OVERHEAD: usize = libsodium_sys::crypto_box_SEALBYTES as usize;

/// One call of `crypto_box_seal` only. The decoded key and the buffer exist before the call, so there is no
/// allocation, no base64, and no check except the return code.
pub(crate) struct Bare {
    key: [u8; 32],
    buffer: Vec<u8>,
}

impl Bare {
    /// Initializes libsodium.
    ///
    /// # Errors
    ///
    /// If libsodium does not start, or the key is invalid.
    pub(crate) fn new(key: &str) -> Result<Self, String> {
        start()?;
        Ok(Self { key: decode(key)?, buffer: Vec::new() })
    }
}

impl Sealer for Bare {
    /// The number of bytes of the box in the buffer.
    type Sealed = usize;

    fn version(&self) -> String {
        version()
    }

    fn seal(&mut self, value: &[u8]) -> Result<usize, String> {
        let length = value.len() + OVERHEAD;
        if self.buffer.len() < length {
            self.buffer.resize(length, 0);
        }
        crypto_box_seal(&mut self.buffer[..length], value, &self.key)?;
        Ok(length)
    }

    fn text(&self, sealed: usize) -> String {
        encode(&self.buffer[..sealed])
    }
}

/// The same call with the usual work around it: base64 key in, its own buffer, base64 box out.
pub(crate) struct WithBase64 {
    key: String,
}

impl WithBase64 {
    /// Initializes libsodium.
    ///
    /// # Errors
    ///
    /// If libsodium does not start.
    pub(crate) fn new(key: &str) -> Result<Self, String> {
        start()?;
        Ok(Self { key: key.to_owned() })
    }
}

impl Sealer for WithBase64 {
    type Sealed = String;

    fn version(&self) -> String {
        format!("{}, base64 {}", version(), versions::of("base64"))
    }

    fn seal(&mut self, value: &[u8]) -> Result<String, String> {
        let mut sealed = vec![0; value.len() + OVERHEAD];
        crypto_box_seal(&mut sealed, value, &decode(&self.key)?)?;
        Ok(encode(&sealed))
    }

    fn text(&self, sealed: String) -> String {
        sealed
    }
}

#[expect(unsafe_code, reason = "the baseline is the C function itself")]
fn crypto_box_seal(sealed: &mut [u8], value: &[u8], key: &[u8; 32]) -> Result<(), String> {
    assert_eq!(sealed.len(), value.len() + OVERHEAD);
    let length = value.len() as c_ulonglong;
    // SAFETY: the pointers are valid for the given lengths, the box has room for the value and SEALBYTES
    // (asserted), and libsodium was initialized when the contestant was created.
    let code =
        unsafe { libsodium_sys::crypto_box_seal(sealed.as_mut_ptr(), value.as_ptr(), length, key.as_ptr()) };
    if code == 0 { Ok(()) } else { Err(format!("crypto_box_seal returned {code}")) }
}

#[expect(unsafe_code, reason = "the C library must be started")]
fn start() -> Result<(), String> {
    // SAFETY: it may be called at any time, from any thread, and more than once.
    let code = unsafe { libsodium_sys::sodium_init() };
    if code < 0 { Err("libsodium does not start".to_owned()) } else { Ok(()) }
}

#[expect(unsafe_code, reason = "only the C library knows its version")]
fn version() -> String {
    // SAFETY: it is a constant string of the library, terminated by a zero byte.
    let text = unsafe { CStr::from_ptr(libsodium_sys::sodium_version_string()) };
    format!("libsodium {}, libsodium-sys {}", text.to_string_lossy(), versions::of("libsodium-sys"))
}
