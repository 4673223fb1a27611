//! Benchmark: requests a second, and the memory of many secrets (Linux only): `cargo run --release -p
//! octoseal-emulator --example throughput`.

use bytes::Bytes;
use http::Request;
use octoseal_crypto::PublicKey;
use octoseal_emulator::{Emulator, Limits, World};
use std::error::Error;
use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::time::{Duration, Instant, SystemTime};

const STORE: &str = "/repos/octo/hello/actions/secrets";
const SECONDS: Duration = Duration::from_secs(5);
const SECRETS: usize = 100_000;

fn main() -> Result<(), Box<dyn Error>> {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
    let mut world = World::new();
    world.limits(Limits::none()).count_limits(false);
    let emulator = runtime.block_on(Emulator::builder().world(world).start())?;
    let mut client = Client::new(emulator.address())?;
    let key: serde_json::Value = serde_json::from_slice(&client.exchange(&get("public-key"))?)?;
    let public_key: PublicKey = key["key"].as_str().ok_or("the answer has no key")?.parse()?;
    let box_ = public_key.seal_base64(b"plain-text-secret")?;
    let body = serde_json::json!({ "key_id": key["key_id"], "encrypted_value": box_ }).to_string();
    println!("GET public-key  {:>7.0} requests a second, one connection", client.rate(&get("public-key"))?);
    println!("PUT             {:>7.0} requests a second, one connection", client.rate(&put("NAME", &body))?);
    drop((client, emulator));
    fill(&mut World::new())
}

/// Puts many secrets into one store, without a socket.
fn fill(world: &mut World) -> Result<(), Box<dyn Error>> {
    world.limits(Limits::none()).count_limits(false);
    let call = |world: &mut World, method: &str, path: &str, body: String| {
        let request = Request::builder().method(method).uri(format!("{STORE}/{path}"));
        let request = request.header("user-agent", "bench").header("authorization", "Bearer ghp_bench");
        Ok::<_, http::Error>(world.handle(SystemTime::now(), &request.body(Bytes::from(body))?))
    };
    let answer = call(world, "GET", "public-key", String::new())?;
    let key: serde_json::Value = serde_json::from_slice(answer.body())?;
    let public_key: PublicKey = key["key"].as_str().ok_or("the answer has no key")?.parse()?;
    let before = resident()?;
    let started = Instant::now();
    for number in 0..SECRETS {
        let sealed = public_key.seal_base64(b"plain-text-secret")?;
        let body = serde_json::json!({ "key_id": key["key_id"], "encrypted_value": sealed }).to_string();
        let status = call(world, "PUT", &format!("SECRET_{number}"), body)?.status();
        assert_eq!(status, 201, "every secret is new");
    }
    let kib = resident()?.saturating_sub(before);
    let seconds = started.elapsed().as_secs_f64();
    println!(
        "{SECRETS} secrets  {:.0} MiB more memory, sealed and put in {seconds:.1} s",
        kib as f64 / 1024.0
    );
    Ok(())
}

struct Client {
    stream: TcpStream,
    buffer: Vec<u8>,
}

impl Client {
    fn new(address: SocketAddr) -> Result<Self, Box<dyn Error>> {
        let stream = TcpStream::connect(address)?;
        stream.set_nodelay(true)?;
        Ok(Self { stream, buffer: vec![0; 64 * 1024] })
    }

    /// Sends a request and returns the body of the answer.
    fn exchange(&mut self, request: &str) -> Result<Vec<u8>, Box<dyn Error>> {
        self.stream.write_all(request.as_bytes())?;
        let mut filled = 0;
        loop {
            let count = self.stream.read(&mut self.buffer[filled..])?;
            if count == 0 {
                return Err("the connection was closed".into());
            }
            filled += count;
            let Some(head) = self.buffer[..filled].windows(4).position(|end| end == b"\r\n\r\n") else {
                continue;
            };
            let length = content_length(std::str::from_utf8(&self.buffer[..head])?);
            if filled >= head + 4 + length {
                return Ok(self.buffer[head + 4..filled].to_vec());
            }
        }
    }

    /// Repeats a request for [`SECONDS`] and returns the requests answered in a second.
    fn rate(&mut self, request: &str) -> Result<f64, Box<dyn Error>> {
        let started = Instant::now();
        let mut answered = 0_u32;
        while started.elapsed() < SECONDS {
            self.exchange(request)?;
            answered += 1;
        }
        Ok(f64::from(answered) / started.elapsed().as_secs_f64())
    }
}

fn content_length(head: &str) -> usize {
    let value = head
        .lines()
        .find_map(|line| line.to_ascii_lowercase().strip_prefix("content-length:").map(str::to_owned));
    value.and_then(|value| value.trim().parse().ok()).unwrap_or(0)
}

fn get(path: &str) -> String {
    format!("GET {STORE}/{path} HTTP/1.1\r\n{HEADERS}\r\n")
}

fn put(name: &str, body: &str) -> String {
    format!("PUT {STORE}/{name} HTTP/1.1\r\n{HEADERS}Content-Length: {}\r\n\r\n{body}", body.len())
}

const HEADERS: &str = "Host: localhost\r\nUser-Agent: bench\r\nAuthorization: Bearer ghp_bench\r\n";

/// Returns the resident memory of this process in KiB (Linux).
fn resident() -> Result<usize, Box<dyn Error>> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).ok_or("there is no VmRSS")?;
    Ok(line.split_whitespace().next().ok_or("VmRSS is empty")?.parse()?)
}
