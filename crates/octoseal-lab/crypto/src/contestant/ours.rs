//! octoseal-crypto with the backend of this build: from GitHub's base64 key to a base64 box, with every
//! check.

use crate::sealer::Sealer;
use octoseal_crypto::{Error, PublicKey};
use octoseal_lab_shared::versions;

/// The public calls. The key is parsed and checked each time.
pub(crate) struct Octoseal {
    key: String,
}

impl Octoseal {
    pub(crate) fn new(key: &str) -> Self {
        Self { key: key.to_owned() }
    }
}

impl Sealer for Octoseal {
    type Sealed = String;

    fn version(&self) -> String {
        let backend = if cfg!(feature = "libsodium") { "sodiumoxide" } else { "curve25519-dalek" };
        format!("{backend} {}", versions::of(backend))
    }

    fn seal(&mut self, value: &[u8]) -> Result<String, String> {
        let sealed = PublicKey::from_base64(&self.key).and_then(|key| key.seal_base64(value));
        sealed.map_err(|error: Error| error.to_string())
    }

    fn text(&self, sealed: String) -> String {
        sealed
    }
}
