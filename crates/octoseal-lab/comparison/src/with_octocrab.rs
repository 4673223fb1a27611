//! The task with octocrab and `crypto_box`, as octocrab's own example `create_repo_secret.rs` does it, errors handled.

use base64::{Engine, engine::general_purpose::STANDARD};
use crypto_box::{KEY_SIZE, PublicKey, aead::OsRng};
use octocrab::{Octocrab, models::repos::secrets::CreateRepositorySecret};
use std::error::Error;

pub(crate) fn client(api_url: &str, token: &str) -> Result<Octocrab, Box<dyn Error>> {
    Ok(Octocrab::builder().base_uri(api_url)?.personal_token(token).build()?)
}

pub(crate) async fn put(client: &Octocrab, name: &str, value: &str) -> Result<(), Box<dyn Error>> {
    let repository = client.repos("octo", "hello");
    let secrets = repository.secrets();
    let public_key = secrets.get_public_key().await?;
    let bytes: [u8; KEY_SIZE] =
        STANDARD.decode(&public_key.key)?.try_into().map_err(|_| "the key does not have 32 bytes")?;
    let sealed = PublicKey::from(bytes)
        .seal(&mut OsRng, value.as_bytes())
        .map_err(|_| "the value could not be sealed")?;
    let encrypted_value = &STANDARD.encode(sealed);
    let secret = CreateRepositorySecret { encrypted_value, key_id: &public_key.key_id };
    secrets.create_or_update_secret(name, &secret).await?;
    Ok(())
}
