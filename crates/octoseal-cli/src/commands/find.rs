//! `octoseal find`: shows where a secret is, its age, its access, and the secrets that it shadows.

mod hit;
mod places;

use crate::arguments::{Find, Global};
use crate::fan_out::{self, Failures};
use crate::journal::Journal;
use crate::output::{ExitCode, Failure, Output};
use crate::session::Session;
use futures_util::stream::StreamExt as _;
use hit::Hit;
use octoseal::{AnyStore, Secret, SecretName, Timestamp, VisibilityName};
use octoseal_fleet::inputs::Pattern;
use std::pin::pin;

pub(crate) async fn run(
    global: &Global,
    find: Find,
    output: Output,
    journal: &Journal,
) -> Result<(), Failure> {
    let (names, places) = places::split(&find.words)?;
    let session = Session::open(global, None, output, journal).await?;
    let stores = places::stores(&places, &find.more, global, &session, output).await?;
    if stores.len() > 1 {
        output.note(&format!("searching {0} stores: at least {0} requests", stores.len()));
    }
    let wanted = Wanted { names, before: find.not_updated_since };
    let mut failures = Failures::among(stores.len(), output);
    let mut hits = Vec::new();
    let search = async |store| search(&session, store, &wanted).await;
    let mut searched = pin!(fan_out::each(&stores, search));
    while let Some((store, found)) = searched.next().await {
        match found {
            Ok(found) => hits.extend(found),
            Err(failure) => failures.add(store, failure),
        }
    }
    hits.sort_by(|a, b| (&a.secret.name, &a.path).cmp(&(&b.secret.name, &b.path)));
    hit::print(&hits, output)?;
    failures.finish()?;
    match hits.is_empty() {
        true => Err(Failure::new(ExitCode::NotFound, "no secret was found")),
        false => Ok(()),
    }
}

/// The secrets to find.
struct Wanted {
    names: Vec<Pattern>,
    /// Only secrets that were last written before this moment.
    before: Option<Timestamp>,
}

impl Wanted {
    fn matches(&self, secret: &Secret) -> bool {
        let is_old = |before: Timestamp| secret.updated_at.is_none_or(|updated| updated < before);
        self.names.iter().any(|name| name.matches(&secret.name)) && self.before.is_none_or(is_old)
    }
}

async fn search(session: &Session, store: &AnyStore, wanted: &Wanted) -> Result<Vec<Hit>, Failure> {
    let secrets = session.secrets(store);
    let mut hits = Vec::new();
    for secret in secrets.list().await?.into_iter().filter(|secret| wanted.matches(secret)) {
        let is_selected = secret.visibility == Some(VisibilityName::Selected);
        let repositories = match SecretName::new(&secret.name) {
            Ok(name) if is_selected || matches!(store, AnyStore::User(_)) => {
                Some(secrets.selected_repositories(&name).await?)
            }
            _ => None,
        };
        hits.push(Hit { store: store.clone(), path: store.to_string(), secret, repositories });
    }
    Ok(hits)
}
