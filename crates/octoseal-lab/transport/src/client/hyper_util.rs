//! hyper-util's client with hyper-tls and its default settings: the pool that octoseal-transport uses,
//! without its layers.

use crate::{Client, chain};
use bytes::Bytes;
use http::{Request, StatusCode};
use http_body_util::{BodyExt as _, Full};
use hyper_tls::HttpsConnector;
use hyper_util::client::legacy;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use octoseal_lab_shared::versions;
use octoseal_lab_transport::put::{PATH, with_credential};
use std::net::SocketAddr;

#[derive(Clone)]
pub(crate) struct HyperUtil {
    pool: legacy::Client<HttpsConnector<HttpConnector>, Full<Bytes>>,
    request: Request<Full<Bytes>>,
}

impl HyperUtil {
    pub(crate) fn new(server: SocketAddr) -> Result<Self, String> {
        let uri = format!("http://{server}{PATH}").parse().map_err(chain)?;
        let mut tcp = HttpConnector::new();
        tcp.enforce_http(false);
        tcp.set_nodelay(true);
        let tls = hyper_tls::native_tls::TlsConnector::new().map_err(chain)?;
        let pool =
            legacy::Client::builder(TokioExecutor::new()).build(HttpsConnector::from((tcp, tls.into())));
        Ok(Self { pool, request: with_credential(uri).map(Full::new) })
    }
}

impl Client for HyperUtil {
    fn version() -> String {
        format!("hyper-util {}, hyper-tls {}", versions::of("hyper-util"), versions::of("hyper-tls"))
    }

    async fn put(&mut self) -> Result<StatusCode, String> {
        let response = self.pool.request(self.request.clone()).await.map_err(chain)?;
        let status = response.status();
        response.into_body().collect().await.map_err(chain)?.to_bytes();
        Ok(status)
    }
}
