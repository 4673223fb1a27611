//! An extra check: the number of secrets that one call lists, of forty.

use crate::contestant::Contestant;
use crate::{with_octocrab, with_octoseal};
use octoseal::{Family, Repository};
use octoseal_emulator::Emulator;
use std::error::Error;

/// Returns the number of secrets that octocrab's `get_secrets` and octoseal's `list` return.
pub(crate) async fn listed() -> Result<(usize, usize), Box<dyn Error>> {
    let github = Emulator::start().await?;
    let filler = Contestant::Octoseal.client(&github.url(), "ghp_example")?;
    for number in 1..=SECRETS {
        filler.put(&format!("NPM_TOKEN_{number}"), "any value").await?;
    }
    let octocrab = with_octocrab::client(&github.url(), "ghp_example")?;
    let theirs = octocrab.repos("octo", "hello").secrets().get_secrets().await?.secrets.len();
    let octoseal = with_octoseal::client(&github.url(), "ghp_example")?;
    let store = Repository::new("octo", "hello")?.store(Family::Actions);
    Ok((theirs, octoseal.secrets(store).list().await?.len()))
}

pub(crate) const SECRETS: usize = 40;
