//! `octoseal show`: everything that GitHub shows, with the access. Secrets have no values.

use super::access::{Repositories, describe_repositories};
use crate::arguments::{Global, Secrets};
use crate::fan_out::{self, Failures};
use crate::journal::Journal;
use crate::kept::{self, Found, Kept};
use crate::output::{ExitCode, Failure, Output};
use crate::session::Session;
use crate::targets::{Purpose, Targets};
use futures_util::stream::StreamExt as _;
use octoseal::{AnyStore, VisibilityName};
use std::pin::pin;

pub(crate) async fn run<K: Kept>(
    global: &Global,
    words: Secrets,
    output: Output,
    journal: &Journal,
) -> Result<(), Failure> {
    let Targets { names, stores } = Targets::<K::Name>::names(&words, global, Purpose::Read)?;
    kept::check::<K>(&stores)?;
    let session = Session::open(global, stores.first().as_ref(), output, journal).await?;
    let stores = kept::select::<K>(stores, &session, output).await?.stores;
    // The dot means the families of a repository that have the name.
    let is_here = words.words.iter().any(|word| word == ".");
    let mut failures = Failures::among(stores.len() * names.len(), output);
    for name in &names {
        let look_up = async |store| look_up(&K::at(&session, store)?, store, name).await;
        let mut found = pin!(fan_out::each(&stores, look_up));
        let (mut is_found, mut missing) = (false, Vec::new());
        while let Some((store, result)) = found.next().await {
            is_found |= result.is_ok();
            match result {
                Err(failure) if is_here && failure.code == ExitCode::NotFound => {
                    missing.push((store, failure));
                }
                Ok((found, repositories)) => {
                    let mut data = found.describe(store);
                    data["repositories"] = repositories.as_deref().map(describe_repositories).into();
                    output.answer(&data, found.text(store, repositories.as_deref()))?;
                }
                Err(failure) => failures.add(store, failure),
            }
        }
        if !is_found {
            missing.into_iter().for_each(|(store, failure)| failures.add(store, failure));
        }
    }
    failures.finish()
}

async fn look_up<K: Kept>(
    kept: &K,
    store: &AnyStore,
    name: &K::Name,
) -> Result<(Found, Option<Repositories>), Failure> {
    let found = kept.get(name).await?;
    let has_list = store.selects_repositories()
        && !matches!(found.visibility, Some(VisibilityName::All | VisibilityName::Private));
    let repositories = if has_list { Some(kept.selected_repositories(name).await?) } else { None };
    Ok((found, repositories))
}
