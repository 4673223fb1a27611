//! The arguments of `emulate`.

use clap::Args;
use std::net::SocketAddr;
use std::path::PathBuf;

#[derive(Args)]
#[command(
    override_usage = "octoseal emulate [OPTIONS]",
    after_help = "Examples:
  octoseal emulate                                      on a free port
  octoseal emulate --listen localhost:8080 --world world.toml
  octoseal emulate --tls --write-ca-file ca.pem --control"
)]
pub(crate) struct Emulate {
    /// Address on this machine, or a name for it such as localhost; port 0 picks a free port
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:0", value_parser = listen_address)]
    pub(crate) listen: SocketAddr,
    /// Declare users, repositories, tokens, faults and more in a TOML file, as docs/emulator.md describes
    #[arg(long, value_name = "PATH")]
    pub(crate) world: Option<PathBuf>,
    /// Use HTTPS, with a certificate of a new certificate authority
    #[arg(long, requires = "write_ca_file")]
    pub(crate) tls: bool,
    /// Write the certificate of that authority to this file, in PEM
    #[arg(long, value_name = "PATH", requires = "tls")]
    pub(crate) write_ca_file: Option<PathBuf>,
    /// Write the secret keys of the stores to this file, as JSON, so that other programs can open sealed values
    #[arg(long, value_name = "PATH")]
    pub(crate) keys_file: Option<PathBuf>,
    /// Write the opened values to this file, as JSON: stores, names, and values in base64. For tests: it holds the values
    #[arg(long, value_name = "PATH")]
    pub(crate) opened_file: Option<PathBuf>,
    /// Write a line of JSON for each request to this file: method, path, status, store, name. `-` is standard output
    #[arg(long, value_name = "PATH")]
    pub(crate) log: Option<PathBuf>,
    /// Let tests declare, reset and read requests and opened values by HTTP; prints the address and a random token
    #[arg(long)]
    pub(crate) control: bool,
}

/// Reads an address, or `localhost` and names below it, which need no name server (RFC 6761, section 6.3).
fn listen_address(text: &str) -> Result<SocketAddr, String> {
    let text = match text.rsplit_once(':') {
        Some((name, port)) if name == "localhost" || name.ends_with(".localhost") => {
            format!("127.0.0.1:{port}")
        }
        _ => text.to_owned(),
    };
    text.parse().map_err(|_| "write 127.0.0.1:8080, [::1]:8080 or localhost:8080".to_owned())
}
