//! A server that answers only the PUT of this bench, as GitHub does, after an optional wait.
//!
//! Usage: `server CORE MILLISECONDS`. It begins with `ready PORT`. The answer to `tally` is the number of
//! connections, requests and bytes since the last `tally`.

mod connection;

use connection::{Tally, answer};
use octoseal_lab_shared::serve::{number, serve};
use octoseal_lab_transport::core;
use std::env;
use std::io;
use std::net::{Ipv4Addr, TcpListener};
use std::process::ExitCode;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

fn main() -> ExitCode {
    let words: Vec<String> = env::args().skip(1).collect();
    let ended = match words.as_slice() {
        [core, milliseconds] => run(core, milliseconds),
        _ => Err("usage: server CORE MILLISECONDS".to_owned()),
    };
    match ended {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("server: {message}");
            ExitCode::FAILURE
        }
    }
}

fn run(core: &str, milliseconds: &str) -> Result<(), String> {
    core::stay_on(number(core)?)?;
    let wait =
        Duration::from_millis(milliseconds.parse().map_err(|error| format!("`{milliseconds}`: {error}"))?);
    let tell = |error: io::Error| error.to_string();
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).map_err(tell)?;
    let port = listener.local_addr().map_err(tell)?.port();
    let tally = Arc::new(Tally::default());
    let counted = Arc::clone(&tally);
    thread::spawn(move || {
        if let Err(error) = listen(listener, wait, counted) {
            eprintln!("server: {error}");
        }
    });
    serve(&port.to_string(), |words| match words {
        ["tally"] => Ok(tally.take()),
        _ => Err(format!("`{}` is not a request", words.join(" "))),
    })
}

fn listen(listener: TcpListener, wait: Duration, tally: Arc<Tally>) -> io::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async move {
        listener.set_nonblocking(true)?;
        let listener = tokio::net::TcpListener::from_std(listener)?;
        loop {
            let (stream, _) = listener.accept().await?;
            stream.set_nodelay(true)?;
            tally.connection();
            let tally = Arc::clone(&tally);
            tokio::spawn(async move {
                if let Err(error) = answer(stream, wait, &tally).await {
                    eprintln!("server: {error}");
                }
            });
        }
    })
}
