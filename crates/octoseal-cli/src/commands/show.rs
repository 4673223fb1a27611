//! `octoseal show`: one secret, without its value, and who has access.

use super::access::{Repositories, describe_repositories};
use super::list::describe;
use crate::arguments::{Global, OneSecret, Secret};
use crate::journal::Journal;
use crate::output::{Failure, Output};
use crate::session::Session;
use octoseal::{AnySecrets, AnyStore, Secret as Found, SecretName, VisibilityName};

pub(crate) async fn run(
    global: &Global,
    secret: OneSecret,
    output: Output,
    journal: &Journal,
) -> Result<(), Failure> {
    let Secret { name, store } = secret.secret()?;
    let session = Session::open(global, Some(&store), output, journal).await?;
    let secrets = session.secrets(&store);
    let secret = secrets.get(&name).await?;
    let repositories = selected(&secrets, &name, &secret).await?;
    let mut data = describe(&store, &secret);
    data["repositories"] = repositories.as_deref().map(describe_repositories).into();
    output.answer(&data, text(&store, &secret, repositories.as_deref()))
}

/// The selected repositories, if the secret has such a list.
async fn selected(
    secrets: &AnySecrets,
    name: &SecretName,
    secret: &Found,
) -> Result<Option<Repositories>, Failure> {
    let visibility = secret.visibility.as_ref();
    let has_list = secrets.store().selects_repositories()
        && !matches!(visibility, Some(VisibilityName::All | VisibilityName::Private));
    if has_list { Ok(Some(secrets.selected_repositories(name).await?)) } else { Ok(None) }
}

fn text(store: &AnyStore, secret: &Found, repositories: Option<&[octoseal::RepositoryRef]>) -> String {
    let mut lines = vec![format!("{} in {store}", secret.name)];
    lines.extend(secret.created_at.map(|moment| format!("  created     {moment}")));
    lines.extend(secret.updated_at.map(|moment| format!("  updated     {moment}")));
    lines.extend(secret.visibility.as_ref().map(|it| format!("  visibility  {}", it.as_str())));
    match repositories {
        Some([]) => lines.push("  access      no repository".to_owned()),
        Some(all) => lines.extend(all.iter().map(|it| format!("  access      {}", it.full_name))),
        None => {}
    }
    lines.join("\n")
}
