//! reqwest with its default settings and the same TLS as octoseal-transport. The request is created
//! beforehand.

use crate::{Client, chain};
use http::StatusCode;
use octoseal_lab_shared::versions;
use octoseal_lab_transport::put::{PATH, with_credential};
use std::net::SocketAddr;

pub(crate) struct Reqwest {
    client: reqwest::Client,
    request: reqwest::Request,
}

impl Reqwest {
    pub(crate) fn new(server: SocketAddr) -> Result<Self, String> {
        let uri = format!("http://{server}{PATH}").parse().map_err(chain)?;
        let request = with_credential(uri).try_into().map_err(chain)?;
        Ok(Self { client: reqwest::Client::builder().build().map_err(chain)?, request })
    }
}

impl Clone for Reqwest {
    fn clone(&self) -> Self {
        Self { client: self.client.clone(), request: again(&self.request) }
    }
}

impl Client for Reqwest {
    fn version() -> String {
        format!("reqwest {}", versions::of("reqwest"))
    }

    async fn put(&mut self) -> Result<StatusCode, String> {
        let response = self.client.execute(again(&self.request)).await.map_err(chain)?;
        let status = response.status();
        response.bytes().await.map_err(chain)?;
        Ok(status)
    }
}

fn again(request: &reqwest::Request) -> reqwest::Request {
    request.try_clone().expect("its body is in memory")
}
