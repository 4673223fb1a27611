//! The task with octoseal.

use octoseal::{Error, Family, GitHub, Repository, SecretName, SecretValue};

pub(crate) fn client(api_url: &str, token: &str) -> Result<GitHub, Error> {
    GitHub::builder().api_url(api_url).token(token).build()
}

pub(crate) async fn put(client: &GitHub, name: &str, value: &str) -> Result<(), Error> {
    let secrets = client.secrets(Repository::new("octo", "hello")?.store(Family::Actions));
    secrets.put(&SecretName::new(name)?, &SecretValue::from(value), ()).await?;
    Ok(())
}
