//! octocrab with its default settings and a token. The request is created beforehand.

use crate::{Client, chain};
use bytes::Bytes;
use http::{Request, StatusCode, Uri};
use http_body_util::BodyExt as _;
use octoseal_lab_shared::versions;
use octoseal_lab_transport::put::{PATH, TOKEN, request};
use std::net::SocketAddr;

#[derive(Clone)]
pub(crate) struct Octocrab {
    client: octocrab::Octocrab,
    request: Request<Bytes>,
}

impl Octocrab {
    pub(crate) fn new(server: SocketAddr) -> Result<Self, String> {
        let builder = octocrab::Octocrab::builder().base_uri(format!("http://{server}")).map_err(chain)?;
        let client = builder.personal_token(TOKEN).build().map_err(chain)?;
        Ok(Self { client, request: request(Uri::from_static(PATH)) })
    }
}

impl Client for Octocrab {
    fn version() -> String {
        format!("octocrab {}", versions::of("octocrab"))
    }

    async fn put(&mut self) -> Result<StatusCode, String> {
        let response = self.client.execute(self.request.clone()).await.map_err(chain)?;
        let status = response.status();
        response.into_body().collect().await.map_err(chain)?.to_bytes();
        Ok(status)
    }
}
