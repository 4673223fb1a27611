//! Requests to scripted servers on this machine: their answers, their number, and their times.
#![cfg(test)]

mod api_url;
mod authorize;
mod client;
mod credential;
mod faults;
#[cfg(feature = "tower")]
mod from_service;
#[cfg(feature = "github-app")]
mod github_app;
mod heads;
#[cfg(feature = "http2")]
mod http2;
mod https;
mod leaks;
mod learning;
mod logged;
mod no_proxy;
mod observer;
mod pace;
mod proxies;
mod queues;
mod rate_limit;
mod redaction;
mod redirect;
mod retry;
mod seam;
mod server;
mod shared_pace;
mod socks;
mod tinyproxy;
mod tls;
mod token;

use bytes::Bytes;
use http::{Method, Request};
use octoseal_transport::{Client, Config};

fn request(method: Method, url: &str) -> Request<Bytes> {
    let mut request = Request::new(Bytes::from_static(b"{\"encrypted_value\":\"c2VhbGVk\"}"));
    *request.method_mut() = method;
    *request.uri_mut() = url.parse().unwrap();
    request
}

fn client() -> Client {
    Client::new(Config::default()).unwrap()
}
