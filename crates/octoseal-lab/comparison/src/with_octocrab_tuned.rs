//! The task with octocrab and `crypto_box`, with the additions of a careful caller: a cached key, a deadline
//! for answers, and octocrab's handling of rate limits, which is off by default.

use base64::{Engine, engine::general_purpose::STANDARD};
use crypto_box::{KEY_SIZE, PublicKey, aead::OsRng};
use octocrab::service::middleware::retry::{NoOpRateLimitMetrics, RetryConfig};
use octocrab::{Octocrab, models::repos::secrets::CreateRepositorySecret};
use std::error::Error;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::OnceCell;

pub(crate) struct Tuned {
    client: Octocrab,
    key: OnceCell<(String, PublicKey)>,
}

impl Tuned {
    pub(crate) fn new(api_url: &str, token: &str) -> Result<Self, Box<dyn Error>> {
        let retry = RetryConfig::HandleRateLimits {
            metrics: Arc::new(NoOpRateLimitMetrics),
            max_retries: 3,
            min_wait_seconds: 60,
            retry_on_forbidden: false,
        };
        let builder = Octocrab::builder().base_uri(api_url)?.personal_token(token);
        let builder = builder.add_retry_config(retry).set_read_timeout(Some(Duration::from_secs(30)));
        Ok(Self { client: builder.build()?, key: OnceCell::new() })
    }

    pub(crate) async fn put(&self, name: &str, value: &str) -> Result<(), Box<dyn Error>> {
        let (key_id, key) = self.key.get_or_try_init(|| self.fetch_key()).await?;
        let sealed = key.seal(&mut OsRng, value.as_bytes()).map_err(|_| "the value could not be sealed")?;
        let secret = CreateRepositorySecret { encrypted_value: &STANDARD.encode(sealed), key_id };
        self.client.repos("octo", "hello").secrets().create_or_update_secret(name, &secret).await?;
        Ok(())
    }

    async fn fetch_key(&self) -> Result<(String, PublicKey), Box<dyn Error>> {
        let public_key = self.client.repos("octo", "hello").secrets().get_public_key().await?;
        let bytes: [u8; KEY_SIZE] =
            STANDARD.decode(&public_key.key)?.try_into().map_err(|_| "the key does not have 32 bytes")?;
        Ok((public_key.key_id, PublicKey::from(bytes)))
    }
}
