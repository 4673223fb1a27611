//! Other Rust crates with sealed boxes. Each does the whole job: base64 key in, base64 box out.

use crate::sealer::Sealer;
use crate::text::{decode, encode};
use crypto_box::PublicKey;
use crypto_box::aead::OsRng;
use dryoc::classic::crypto_box::crypto_box_seal;
use dryoc::constants::CRYPTO_BOX_SEALBYTES;
use octoseal_lab_shared::versions;

/// The crate `crypto_box`.
pub(crate) struct CryptoBox {
    key: String,
}

impl CryptoBox {
    pub(crate) fn new(key: &str) -> Self {
        Self { key: key.to_owned() }
    }
}

impl Sealer for CryptoBox {
    type Sealed = String;

    fn version(&self) -> String {
        format!("crypto_box {}", versions::of("crypto_box"))
    }

    fn seal(&mut self, value: &[u8]) -> Result<String, String> {
        let sealed = PublicKey::from(decode(&self.key)?).seal(&mut OsRng, value);
        sealed.map(|sealed| encode(&sealed)).map_err(|error| error.to_string())
    }

    fn text(&self, sealed: String) -> String {
        sealed
    }
}

/// The crate `dryoc`, with its classic functions, which are its fastest.
pub(crate) struct Dryoc {
    key: String,
}

impl Dryoc {
    pub(crate) fn new(key: &str) -> Self {
        Self { key: key.to_owned() }
    }
}

impl Sealer for Dryoc {
    type Sealed = String;

    fn version(&self) -> String {
        format!("dryoc {}", versions::of("dryoc"))
    }

    fn seal(&mut self, value: &[u8]) -> Result<String, String> {
        let mut sealed = vec![0; value.len() + CRYPTO_BOX_SEALBYTES];
        crypto_box_seal(&mut sealed, value, &decode(&self.key)?).map_err(|error| error.to_string())?;
        Ok(encode(&sealed))
    }

    fn text(&self, sealed: String) -> String {
        sealed
    }
}
