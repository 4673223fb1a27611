//! Tests of undocumented behavior. Each question is a write, and every created secret is deleted.

use crate::answer;
use crate::arguments::Live;
use crate::round::Round;
use bytes::Bytes;
use http::Request;
use octoseal::limits::MAX_NAME_BYTES;
use octoseal::{Error, GitHub, Owner, RepositoryId, SealedValue, SecretName, SecretValue, StoreKey, User};
use octoseal::{PublicKey, SecretKey};

/// The bytes that sealing adds to a value (libsodium, `crypto_box_SEALBYTES`).
const BOX: usize = 48;

/// Lengths of values that show the meaning of "48 KB": thousands or 1,024s, of the box or of the value.
const LENGTHS: [(usize, &str); 4] = [
    (48_001 - BOX, "a value whose box has 48,001 bytes"),
    (48_001, "a value of 48,001 bytes"),
    (49_153 - BOX, "a value whose box has 48 KiB + 1"),
    (49_153, "a value of 48 KiB + 1"),
];

impl<O: Owner> Round<'_, O> {
    /// Asks all questions that apply to every store.
    ///
    /// # Errors
    ///
    /// If a question cannot be asked, or GitHub's key is invalid. Refusals by GitHub are not errors.
    pub(crate) async fn ask(&self, key: &StoreKey) -> Result<(), Error> {
        let name = self.live.name("_Q")?;
        let sealing: PublicKey = PublicKey::from_base64(&key.key).map_err(Error::Seal)?;
        let sealed = |bytes: &[u8]| sealing.seal_base64(bytes).map_err(Error::Seal);

        let stranger = StoreKey { key_id: "1".to_owned(), key: key.key.clone() };
        self.write("a write with an unknown key id", &name, SealedValue::new(&stranger, sealed(b"x")?)?)
            .await;
        let other = SecretKey::generate().and_then(|other| other.public_key().seal_base64(b"x"));
        self.write("a box that does not open", &name, SealedValue::new(key, other.map_err(Error::Seal)?)?)
            .await;
        for (length, question) in LENGTHS {
            self.write(question, &name, SealedValue::new(key, sealed(&vec![b'x'; length])?)?).await;
        }
        let long = "L".repeat(MAX_NAME_BYTES);
        self.rename("a name that begins with GITHUB_", &name, format!("GITHUB_{name}")).await?;
        self.rename("a name of 255 characters", &name, cut(&format!("{name}_{long}"), MAX_NAME_BYTES))
            .await?;
        self.rename("a name of 256 characters", &name, cut(&format!("{name}_{long}"), MAX_NAME_BYTES + 1))
            .await
    }

    async fn write(&self, question: &str, name: &SecretName, value: SealedValue) {
        self.live.pause().await;
        let request = self.secrets.store().put(name, &value, self.access.clone());
        let written = self.live.github.send(request).await;
        answer::print(question, &written.map(answer::written));
    }

    /// Writes and deletes under a name that [`SecretName`] refuses. The request's path is changed on the way.
    async fn rename(&self, question: &str, name: &SecretName, other: String) -> Result<(), Error> {
        let (place, taker) = (format!("/{name}"), format!("/{other}"));
        let github = self.live.with_changed_requests(move |request| redirect(request, &place, &taker))?;
        let secrets = github.secrets(self.secrets.store().clone());
        self.live.pause().await;
        let written = secrets.put(name, &SecretValue::from("x"), self.access.clone()).await;
        let taken = written.is_ok();
        answer::print(question, &written.map(answer::written));
        if taken {
            self.live.pause().await;
            secrets.delete(name).await?;
        }
        Ok(())
    }
}

/// Tests the effect of a user's write without selected repositories.
///
/// # Errors
///
/// If a secret with one repository cannot be created or deleted. A refusal of the question is not an error.
pub(crate) async fn without_ids(live: &Live, id: RepositoryId) -> Result<(), Error> {
    let name = live.name("_IDS")?;
    let secrets = live.github.secrets(User.store());
    live.pause().await;
    secrets.put(&name, &SecretValue::from("x"), id).await?;
    let with_changed_requests: GitHub = live.with_changed_requests(omit_ids)?;
    live.pause().await;
    let written = with_changed_requests.secrets(User.store()).put(&name, &SecretValue::from("y"), id).await;
    answer::print("a user's write without ids", &written.map(answer::written));
    let selected = secrets.selected_repositories(&name).await;
    let count = selected.map(|selected| format!("{} of 1", selected.len()));
    answer::print("the repositories that are selected afterwards", &count);
    live.pause().await;
    secrets.delete(&name).await
}

fn omit_ids(request: &mut Request<Bytes>) {
    let Ok(serde_json::Value::Object(mut body)) = serde_json::from_slice(request.body()) else { return };
    body.remove("selected_repository_ids");
    *request.body_mut() = serde_json::Value::Object(body).to_string().into();
}

fn redirect(request: &mut Request<Bytes>, place: &str, taker: &str) {
    let uri = request.uri().to_string();
    let other = uri.strip_suffix(place).map(|start| format!("{start}{taker}"));
    if let Some(Ok(other)) = other.map(|other| other.parse()) {
        *request.uri_mut() = other;
    }
}

fn cut(text: &str, length: usize) -> String {
    text.chars().take(length).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_ids_are_omitted() {
        let body = r#"{"key_id":"1","selected_repository_ids":[1]}"#;
        let mut request = Request::new(Bytes::from(body));
        omit_ids(&mut request);
        assert_eq!(request.body(), r#"{"key_id":"1"}"#);
    }

    #[test]
    fn only_the_name_at_the_end_is_replaced() {
        let mut request = Request::new(Bytes::new());
        *request.uri_mut() = http::Uri::from_static("http://127.0.0.1:1/A/secrets/A");
        redirect(&mut request, "/A", "/GITHUB_A");
        assert_eq!(request.uri(), "http://127.0.0.1:1/A/secrets/GITHUB_A");
        redirect(&mut request, "/B", "/C");
        assert_eq!(request.uri(), "http://127.0.0.1:1/A/secrets/GITHUB_A");
    }
}
