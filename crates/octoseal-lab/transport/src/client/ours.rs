//! octoseal-transport with all its layers, as the facade combines them.

use crate::{Client, chain};
use bytes::Bytes;
use http::header::USER_AGENT;
use http::{HeaderValue, Request, StatusCode};
use octoseal_lab_shared::versions;
use octoseal_lab_transport::put::{PATH, TOKEN, request};
use octoseal_transport::{
    ApiUrl, Authorize, Config, Pacer, Pacing, Profile, Retry, RetryPolicy, Token, Transport,
};
use std::net::SocketAddr;
use std::sync::Arc;

#[derive(Clone)]
pub(crate) struct Octoseal {
    transport: Arc<dyn Transport>,
    request: Request<Bytes>,
}

impl Octoseal {
    pub(crate) fn new(server: SocketAddr) -> Result<Self, String> {
        let api: ApiUrl = format!("http://{server}").parse().map_err(chain)?;
        let mut request = request(api.resolve(PATH).map_err(chain)?);
        request.headers_mut().insert(USER_AGENT, HeaderValue::from_static("octoseal/0.1.0"));
        let client = octoseal_transport::Client::new(Config::default()).map_err(chain)?;
        let authorize = Authorize::new(client, api, Some(Token::new(TOKEN).map_err(chain)?));
        // The pacer does all its work except waiting, since the server has no limits.
        let mut pacing = Pacing::from(Profile::Unlimited);
        pacing.in_flight = 100;
        let transport = Arc::new(Retry::new(authorize, RetryPolicy::default()).paced(Pacer::new(pacing)));
        Ok(Self { transport, request })
    }
}

impl Client for Octoseal {
    fn version() -> String {
        format!("octoseal-transport {}", versions::of("octoseal-transport"))
    }

    async fn put(&mut self) -> Result<StatusCode, String> {
        let response = self.transport.send(self.request.clone()).await.map_err(chain)?;
        Ok(response.status())
    }
}
