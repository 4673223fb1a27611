//! hyper alone: each worker has its connection and sends one request after the other. This is the minimum.

use crate::{Client, chain};
use bytes::Bytes;
use http::header::HOST;
use http::{HeaderValue, Request, StatusCode, Uri};
use http_body_util::{BodyExt as _, Full};
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper_util::rt::TokioIo;
use octoseal_lab_shared::versions;
use octoseal_lab_transport::put::{PATH, with_credential};
use std::net::SocketAddr;
use tokio::net::TcpStream;

pub(crate) struct Raw {
    server: SocketAddr,
    request: Request<Full<Bytes>>,
    connection: Option<SendRequest<Full<Bytes>>>,
}

impl Raw {
    pub(crate) fn new(server: SocketAddr) -> Result<Self, String> {
        let mut request = with_credential(Uri::from_static(PATH)).map(Full::new);
        let host = HeaderValue::try_from(server.to_string()).map_err(chain)?;
        request.headers_mut().insert(HOST, host);
        Ok(Self { server, request, connection: None })
    }
}

impl Clone for Raw {
    /// A connection cannot be shared.
    fn clone(&self) -> Self {
        Self { server: self.server, request: self.request.clone(), connection: None }
    }
}

impl Client for Raw {
    fn version() -> String {
        format!("hyper {}", versions::of("hyper"))
    }

    async fn put(&mut self) -> Result<StatusCode, String> {
        let connection = match &mut self.connection {
            Some(connection) => connection,
            None => self.connection.insert(connect(self.server).await?),
        };
        connection.ready().await.map_err(chain)?;
        let response = connection.send_request(self.request.clone()).await.map_err(chain)?;
        let status = response.status();
        response.into_body().collect().await.map_err(chain)?.to_bytes();
        Ok(status)
    }
}

async fn connect(server: SocketAddr) -> Result<SendRequest<Full<Bytes>>, String> {
    let stream = TcpStream::connect(server).await.map_err(chain)?;
    stream.set_nodelay(true).map_err(chain)?;
    let (sender, connection) = handshake(TokioIo::new(stream)).await.map_err(chain)?;
    tokio::spawn(async move {
        if let Err(error) = connection.await {
            eprintln!("client: the connection broke: {error}");
        }
    });
    Ok(sender)
}
