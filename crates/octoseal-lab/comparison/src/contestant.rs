//! The three contestants, behind one enum.

use crate::with_octocrab_tuned::Tuned;
use crate::{with_octocrab, with_octoseal};
use octocrab::Octocrab;
use octoseal::GitHub;
use std::error::Error;

#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Contestant {
    Octocrab,
    Tuned,
    Octoseal,
}

/// A client that is ready to put secrets.
pub(crate) enum Client {
    Octocrab(Octocrab),
    Tuned(Tuned),
    Octoseal(GitHub),
}

impl Contestant {
    pub(crate) const ALL: [Self; 3] = [Self::Octocrab, Self::Tuned, Self::Octoseal];

    pub(crate) fn title(self) -> &'static str {
        match self {
            Self::Octocrab => "octocrab + crypto_box",
            Self::Tuned => "the same, tuned",
            Self::Octoseal => "octoseal",
        }
    }

    pub(crate) fn client(self, api_url: &str, token: &str) -> Result<Client, Box<dyn Error>> {
        Ok(match self {
            Self::Octocrab => Client::Octocrab(with_octocrab::client(api_url, token)?),
            Self::Tuned => Client::Tuned(Tuned::new(api_url, token)?),
            Self::Octoseal => Client::Octoseal(with_octoseal::client(api_url, token)?),
        })
    }
}

impl Client {
    pub(crate) async fn put(&self, name: &str, value: &str) -> Result<(), Box<dyn Error>> {
        match self {
            Self::Octocrab(client) => with_octocrab::put(client, name, value).await,
            Self::Tuned(client) => client.put(name, value).await,
            Self::Octoseal(client) => Ok(with_octoseal::put(client, name, value).await?),
        }
    }
}
