//! What GitHub's documentation does not say, asked: each question is a write, and what is made is deleted again.

use crate::answer;
use crate::arguments::Live;
use crate::round::Round;
use bytes::Bytes;
use http::Request;
use octoseal::limits::MAX_NAME_BYTES;
use octoseal::{Error, GitHub, Owner, RepositoryId, SealedValue, SecretName, SecretValue, StoreKey, User};
use octoseal::{PublicKey, SecretKey};

/// What a box adds to its value (libsodium, `crypto_box_SEALBYTES`).
const BOX: usize = 48;

/// Lengths of values at which "48 KB" can be told apart: thousands or 1,024s, of the box or of the value.
const LENGTHS: [(usize, &str); 4] = [
    (48_001 - BOX, "a value whose box has 48,001 bytes"),
    (48_001, "a value of 48,001 bytes"),
    (49_153 - BOX, "a value whose box has 48 KiB + 1"),
    (49_153, "a value of 48 KiB + 1"),
];

impl<O: Owner> Round<'_, O> {
    /// Asks everything that any store can be asked.
    ///
    /// # Errors
    ///
    /// If a question cannot be put, or GitHub's key is none. No answer of GitHub's is an error.
    pub(crate) async fn ask(&self, key: &StoreKey) -> Result<(), Error> {
        let name = self.live.name("_Q")?;
        let sealing: PublicKey = PublicKey::from_base64(&key.key).map_err(Error::Seal)?;
        let sealed = |bytes: &[u8]| sealing.seal_base64(bytes).map_err(Error::Seal);

        let stranger = StoreKey { key_id: "1".to_owned(), key: key.key.clone() };
        self.write(
            "a write with a key id that nobody has",
            &name,
            SealedValue::new(&stranger, sealed(b"x")?)?,
        )
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
        answer::tell(question, &written.map(answer::written));
    }

    /// Writes and deletes under a name that ours may not have: it takes the other's place on the way.
    async fn rename(&self, question: &str, name: &SecretName, other: String) -> Result<(), Error> {
        let (place, taker) = (format!("/{name}"), format!("/{other}"));
        let github = self.live.bent(move |request| redirect(request, &place, &taker))?;
        let secrets = github.secrets(self.secrets.store().clone());
        self.live.pause().await;
        let written = secrets.put(name, &SecretValue::from("x"), self.access.clone()).await;
        let taken = written.is_ok();
        answer::tell(question, &written.map(answer::written));
        if taken {
            self.live.pause().await;
            secrets.delete(name).await?;
        }
        Ok(())
    }
}

/// What a user's write does to the selected repositories if it names none.
///
/// # Errors
///
/// If a secret with one repository cannot be made or deleted. What GitHub does with the question is none.
pub(crate) async fn without_ids(live: &Live, id: RepositoryId) -> Result<(), Error> {
    let name = live.name("_IDS")?;
    let secrets = live.github.secrets(User.store());
    live.pause().await;
    secrets.put(&name, &SecretValue::from("x"), id).await?;
    let bent: GitHub = live.bent(leave_ids_away)?;
    live.pause().await;
    let written = bent.secrets(User.store()).put(&name, &SecretValue::from("y"), id).await;
    answer::tell("a user's write without ids", &written.map(answer::written));
    let selected = secrets.selected_repositories(&name).await;
    let count = selected.map(|selected| format!("{} of 1", selected.len()));
    answer::tell("the repositories that are selected afterwards", &count);
    live.pause().await;
    secrets.delete(&name).await
}

fn leave_ids_away(request: &mut Request<Bytes>) {
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
    fn only_the_ids_are_left_away() {
        let body = r#"{"key_id":"1","selected_repository_ids":[1]}"#;
        let mut request = Request::new(Bytes::from(body));
        leave_ids_away(&mut request);
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
