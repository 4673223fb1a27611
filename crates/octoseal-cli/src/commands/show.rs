//! `octoseal show`: one secret, without its value, and who may read it.

use super::list::describe;
use crate::arguments::{InStore, OneSecret, Options};
use crate::connection::{self, Connection};
use crate::failure::Failure;
use crate::output::Output;
use octoseal::{AnySecrets, AnyStore, Secret, SecretName, VisibilityName};
use serde_json::json;

pub(crate) async fn run(
    options: &Options,
    OneSecret { place: InStore { store }, name }: OneSecret,
    output: Output,
) -> Result<(), Failure> {
    let Connection { github, memory: _memory, .. } = connection::open(options, Some(&store), output).await?;
    let secrets = github.any_secrets(store.clone());
    let secret = secrets.get(&name).await?;
    let readers = readers(&secrets, &name, &secret).await?;
    let mut data = describe(&secret);
    data["store"] = json!(store.to_string());
    data["repositories"] = json!(readers);
    output.answer(&data, text(&store, &secret, readers.as_deref()))
}

/// The selected repositories, if there is such a list.
async fn readers(
    secrets: &AnySecrets,
    name: &SecretName,
    secret: &Secret,
) -> Result<Option<Vec<String>>, Failure> {
    let visibility = secret.visibility.as_ref();
    let has_list = secrets.store().selects_repositories()
        && !matches!(visibility, Some(VisibilityName::All | VisibilityName::Private));
    if !has_list {
        return Ok(None);
    }
    let repositories = secrets.selected_repositories(name).await?;
    Ok(Some(repositories.into_iter().map(|repository| repository.full_name).collect()))
}

fn text(store: &AnyStore, secret: &Secret, readers: Option<&[String]>) -> String {
    let mut lines = vec![format!("{} in {store}", secret.name)];
    lines.extend(secret.created_at.map(|moment| format!("  created     {moment}")));
    lines.extend(secret.updated_at.map(|moment| format!("  updated     {moment}")));
    lines.extend(secret.visibility.as_ref().map(|it| format!("  visibility  {}", it.as_str())));
    match readers {
        Some([]) => lines.push("  readers     none".to_owned()),
        Some(readers) => lines.extend(readers.iter().map(|reader| format!("  reader      {reader}"))),
        None => {}
    }
    lines.join("\n")
}
