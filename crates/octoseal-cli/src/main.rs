//! The command `octoseal`: puts secrets into GitHub.

mod app;
mod arguments;
mod commands;
mod connection;
mod failure;
mod output;
mod pace;
mod proxies;
mod token;
mod usage;
mod value;

use arguments::{Arguments, Command};
use clap::Parser as _;
use failure::Failure;
use output::Output;
use std::process::ExitCode;

fn main() -> ExitCode {
    forbid_core_dumps();
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        // They were not understood, so nobody knows but by looking.
        Err(error) => return usage::report(&error, std::env::args_os().any(|word| word == "--json")),
    };
    let output = Output { json: arguments.options.json };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let result = match runtime {
        Ok(runtime) => runtime.block_on(run(arguments, output)),
        Err(error) => Err(Failure::from(error)),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => output.report(&failure),
    }
}

async fn run(Arguments { options, command }: Arguments, output: Output) -> Result<(), Failure> {
    match command {
        Command::Demo => commands::demo::run(output).await,
        Command::Put(put) => commands::put::run(&options, put, output).await,
        Command::List(list) => commands::list::run(&options, list, output).await,
        Command::Show(secret) => commands::show::run(&options, secret, output).await,
        Command::Delete(secret) => commands::delete::run(&options, secret, output).await,
        Command::Key(store) => commands::key::run(&options, store, output).await,
        Command::Access(access) => commands::access::run(&options, access, output).await,
        Command::Whoami => commands::whoami::run(&options, output).await,
        Command::Seal(seal) => commands::seal::run(seal, output).await,
        Command::Emulate(emulate) => commands::emulate::run(emulate, output).await,
    }
}

/// Keeps values and tokens out of core dumps. Where it cannot be done, the command works all the same.
fn forbid_core_dumps() {
    use rustix::process::{Resource, Rlimit, setrlimit};
    setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) }).ok();
    #[cfg(target_os = "linux")]
    rustix::process::set_dumpable_behavior(rustix::process::DumpableBehavior::NotDumpable).ok();
}
