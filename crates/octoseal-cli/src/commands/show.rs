//! `octoseal show`: one secret, without its value, and who has access.

use super::access::{Repositories, describe_repositories};
use super::list::describe;
use crate::arguments::{Global, Secrets};
use crate::fan_out::{self, Failures};
use crate::journal::Journal;
use crate::output::{Failure, Output};
use crate::session::Session;
use crate::targets::{Purpose, Targets};
use futures_util::stream::StreamExt as _;
use octoseal::{AnySecrets, AnyStore, Secret as Found, SecretName, VisibilityName};
use std::pin::pin;

pub(crate) async fn run(
    global: &Global,
    secrets: Secrets,
    output: Output,
    journal: &Journal,
) -> Result<(), Failure> {
    let Targets { names, stores } = Targets::names(&secrets, global, Purpose::Read)?;
    let session = Session::open(global, stores.first().as_ref(), output, journal).await?;
    let stores = stores.find(&session, output).await?;
    let mut failures = Failures::among(stores.len() * names.len(), output);
    for name in &names {
        let look_up = async |store| look_up(&session.secrets(store), name).await;
        let mut found = pin!(fan_out::each(&stores, look_up));
        while let Some((store, result)) = found.next().await {
            match result {
                Ok((secret, repositories)) => {
                    let mut data = describe(store, &secret);
                    data["repositories"] = repositories.as_deref().map(describe_repositories).into();
                    output.answer(&data, text(store, &secret, repositories.as_deref()))?;
                }
                Err(failure) => failures.add(store, failure),
            }
        }
    }
    failures.finish()
}

async fn look_up(secrets: &AnySecrets, name: &SecretName) -> Result<(Found, Option<Repositories>), Failure> {
    let secret = secrets.get(name).await?;
    let repositories = selected(secrets, name, &secret).await?;
    Ok((secret, repositories))
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
