//! HTTP/2: used if both sides support it, and never offered unless the switch is on.

use crate::https::{Authority, Https};
use crate::request;
use http::Method;
use octoseal_transport::{Client, Transport};

/// Sends three requests at once and one after them. Returns their versions, and the protocol of each
/// connection.
async fn exchange(switch: bool, server_takes: &[&str]) -> (Vec<String>, Vec<Option<String>>) {
    let authority = Authority::new();
    let mut settings = authority.server("127.0.0.1");
    settings.alpn_protocols = server_takes.iter().map(|it| it.as_bytes().to_vec()).collect();
    let server = Https::start(settings).await;
    let mut config = authority.config();
    config.http2 = switch;
    let client = Client::new(config).unwrap();
    let send = || async {
        let answer = client.send(request(Method::PUT, &server.url)).await.unwrap();
        answer.headers()["x-version"].to_str().unwrap().to_owned()
    };
    let (first, second, third) = tokio::join!(send(), send(), send());
    let versions = vec![first, second, third, send().await];
    (versions, server.connections().into_iter().map(|seen| seen.protocol).collect())
}

#[tokio::test(start_paused = true)]
async fn with_the_switch_an_http2_server_gets_all_requests_on_one_connection() {
    let (versions, protocols) = exchange(true, &["h2", "http/1.1"]).await;
    assert_eq!(versions, ["HTTP/2.0"; 4]);
    // Several connections may be opened at once, and the pool keeps one of them.
    assert!(protocols.iter().all(|protocol| protocol.as_deref() == Some("h2")), "{protocols:?}");
}

#[tokio::test(start_paused = true)]
async fn with_the_switch_other_servers_get_http1() {
    for server_takes in [&["http/1.1"][..], &[]] {
        let (versions, protocols) = exchange(true, server_takes).await;
        assert_eq!(versions, ["HTTP/1.1"; 4]);
        assert_eq!(protocols[0].as_deref(), server_takes.first().copied());
    }
}

#[tokio::test(start_paused = true)]
async fn without_the_switch_nothing_is_offered() {
    for server_takes in [&["h2", "http/1.1"][..], &["h2"]] {
        let (versions, protocols) = exchange(false, server_takes).await;
        assert_eq!(versions, ["HTTP/1.1"; 4]);
        assert!(protocols.iter().all(Option::is_none), "{protocols:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn an_http2_server_that_dies_silently_is_replaced_by_a_new_connection() {
    use std::sync::{Arc, Mutex};
    use tokio::io::AsyncReadExt;
    // A relay that can be made to drop all data without closing.
    let authority = Authority::new();
    let mut settings = authority.server("127.0.0.1");
    settings.alpn_protocols = vec![b"h2".to_vec()];
    let server = Https::start(settings).await;
    let target = server.url.trim_start_matches("https://").trim_end_matches("/user").to_owned();
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("https://{}/user", listener.local_addr().unwrap());
    let relays = Arc::new(Mutex::new(Vec::new()));
    let kept = Arc::clone(&relays);
    tokio::spawn(async move {
        while let Ok((mut inner, _)) = listener.accept().await {
            inner.set_nodelay(true).unwrap();
            let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
            kept.lock().unwrap().push(stop);
            let target = target.clone();
            tokio::spawn(async move {
                tokio::select! {
                    () = crate::proxies::relay(&mut inner, &target) => return,
                    _ = stopped => {}
                }
                let mut sink = [0; 4096];
                while inner.read(&mut sink).await.is_ok_and(|length| length > 0) {}
            });
        }
    });
    let mut config = authority.config();
    config.http2 = true;
    let client = Client::new(config).unwrap();
    assert_eq!(client.send(request(Method::PUT, &url)).await.unwrap().status(), 204);
    relays.lock().unwrap().remove(0).send(()).unwrap();
    // Consecutive requests keep the connection in the pool. None of them gets an answer.
    let late = [0, 12, 24].map(|seconds| {
        let (client, url) = (client.clone(), url.clone());
        tokio::spawn(async move {
            tokio::time::sleep(std::time::Duration::from_secs(seconds)).await;
            client.send(request(Method::PUT, &url)).await.unwrap_err().is_unknown_outcome()
        })
    });
    let started = tokio::time::Instant::now();
    for late in late {
        assert!(late.await.unwrap());
    }
    assert_eq!(started.elapsed().as_secs(), 30, "the unanswered ping ends all of them");
    assert_eq!(client.send(request(Method::PUT, &url)).await.unwrap().status(), 204);
}
