//! The client's requests and answers.

use crate::server::{CREATED, NO_CONTENT, Server, Step};
use crate::{client, request};
use http::Method;
use octoseal_transport::{Config, Transport};

#[tokio::test(start_paused = true)]
async fn a_request_and_its_answer_arrive_completely() {
    let server = Server::start([Step::Answer(CREATED)]).await;
    let response = client().send(request(Method::PUT, &server.url)).await.unwrap();
    assert_eq!((response.status().as_u16(), response.body().as_ref()), (201, &b"{}"[..]));

    let sent = server.requests().remove(0);
    assert!(sent.starts_with("PUT /user HTTP/1.1\r\n"), "{sent}");
    assert!(sent.ends_with("\r\n\r\n{\"encrypted_value\":\"c2VhbGVk\"}"), "{sent}");
    assert!(sent.contains("host: 127.0.0.1:"), "{sent}");
}

#[tokio::test(start_paused = true)]
async fn a_missing_user_agent_is_added_and_a_present_one_is_kept() {
    let server = Server::start([Step::Answer(NO_CONTENT), Step::Answer(NO_CONTENT)]).await;
    let client = client();
    client.send(request(Method::GET, &server.url)).await.unwrap();
    let mut named = request(Method::GET, &server.url);
    named.headers_mut().insert("user-agent", "mine/1".parse().unwrap());
    client.send(named).await.unwrap();

    let requests = server.requests();
    assert!(requests[0].contains(concat!("user-agent: octoseal/", env!("CARGO_PKG_VERSION"), "\r\n")));
    assert!(requests[1].contains("user-agent: mine/1\r\n"));
}

#[tokio::test(start_paused = true)]
async fn cleartext_to_another_machine_is_refused_by_the_client_too() {
    let error = client().send(request(Method::GET, "http://192.0.2.1/user")).await.unwrap_err();
    assert_eq!(error.to_string(), "cleartext goes only to this machine: use https for 192.0.2.1");
}

#[test]
fn a_bundle_without_certificates_is_refused() {
    for bundle in ["", "no certificate", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"] {
        let mut config = Config::default();
        config.root_certificates_pem = vec![bundle.into()];
        assert!(octoseal_transport::Client::new(config).is_err(), "{bundle}");
    }
}

#[test]
fn the_certificates_of_a_configuration_are_not_printed() {
    let mut config = Config::default();
    config.root_certificates_pem = vec![b"-----BEGIN PRIVATE KEY-----".to_vec()];
    assert!(!format!("{config:?}").contains("45"));
    assert_eq!(format!("{:?}", client()), "Client { .. }");
}
