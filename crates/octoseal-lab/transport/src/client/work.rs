//! The line protocol of a client.
//!
//! It begins with `ready VERSION`. To `run COUNT FLIGHTS` it sends COUNT requests with FLIGHTS in flight, and
//! answers with their CPU time and wall time in nanoseconds.

use crate::Client;
use http::StatusCode;
use octoseal_lab_shared::cpu;
use octoseal_lab_shared::serve::{number, serve as serve_lines};
use std::time::Instant;
use tokio::runtime;
use tokio::task::JoinSet;

/// Creates the client inside a runtime of one thread, and answers requests until the input ends.
///
/// # Errors
///
/// If a line is invalid, a request fails, or the output is closed.
pub(crate) fn serve<C: Client>(make: impl FnOnce() -> Result<C, String>) -> Result<(), String> {
    let runtime = runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| error.to_string())?;
    let first = runtime.block_on(async { make() })?;
    let mut clients = Vec::new();
    serve_lines(&C::version(), |words| match words {
        ["run", count, flights] => {
            let (count, flights) = (number(count)?, number(flights)?);
            clients.resize_with(flights.max(clients.len()), || first.clone());
            let idle = clients.split_off(flights);
            let (cpu, wall) = (cpu::time(), Instant::now());
            clients = runtime.block_on(run(std::mem::take(&mut clients), count))?;
            let (cpu, wall) = (cpu::time().saturating_sub(cpu), wall.elapsed());
            clients.extend(idle);
            Ok(format!("{} {}", cpu.as_nanos(), wall.as_nanos()))
        }
        _ => Err(format!("`{}` is not a request", words.join(" "))),
    })
}

/// Lets each client send its share, one request after the other. All clients run concurrently.
async fn run<C: Client>(clients: Vec<C>, count: usize) -> Result<Vec<C>, String> {
    let flights = clients.len();
    let mut tasks = JoinSet::new();
    for (index, client) in clients.into_iter().enumerate() {
        let share = count / flights + usize::from(index < count % flights);
        tasks.spawn(send(client, share));
    }
    let mut done = Vec::new();
    while let Some(ended) = tasks.join_next().await {
        done.push(ended.map_err(|error| error.to_string())??);
    }
    Ok(done)
}

async fn send<C: Client>(mut client: C, share: usize) -> Result<C, String> {
    for _ in 0..share {
        let status = client.put().await?;
        if status != StatusCode::NO_CONTENT {
            return Err(format!("the answer was {status}"));
        }
    }
    Ok(client)
}
