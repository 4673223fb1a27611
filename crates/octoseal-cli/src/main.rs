//! The command `octoseal`: puts secrets into GitHub.

mod allocator;
mod arguments;
mod checkout;
mod commands;
mod consent;
mod environment;
mod environments;
mod fan_out;
mod files;
mod journal;
mod kept;
mod listing;
mod output;
mod platform;
mod preflight;
mod progress;
mod session;
mod summary;
mod targets;
mod traces;
mod value;

use arguments::{Arguments, Command, Global, usage_error};
use journal::Journal;
use octoseal::AnySecrets;
use output::{Failure, Output};
use platform::{Signal, Signals};
use std::process::ExitCode;
use std::time::Duration;

/// The time that a signal gives to writes in flight.
const DRAIN: Duration = Duration::from_secs(10);

/// The reason why a run ended without success.
enum End {
    Failed(Failure),
    Signalled(Signal),
}

fn main() -> ExitCode {
    platform::forbid_core_dumps();
    let arguments = match Arguments::read() {
        Ok(arguments) => arguments,
        Err(error) => return usage_error::report(&error, output_of_unread_arguments()),
    };
    let output = arguments.global.output();
    traces::start(&arguments.global);
    let runtime = match tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return fail(&error.into(), output),
    };
    let result = runtime.block_on(supervise(arguments, output));
    output.progress("");
    output.erase();
    if platform::restore_terminal() {
        output.warn(
            "what was typed or pasted after the prompt is discarded, so that the shell does not run it",
        );
    }
    // A thread that still waits for input must not keep the process alive.
    runtime.shutdown_background();
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(End::Failed(failure)) => fail(&failure, output),
        Err(End::Signalled(signal)) => ExitCode::from(signal.exit_code()),
    }
}

/// Returns the output settings of arguments that could not be parsed, by searching the words themselves.
fn output_of_unread_arguments() -> Output {
    Output {
        json: std::env::args_os()
            .any(|word| word == "--json" || word.to_string_lossy().starts_with("--json=")),
        ..Output::default()
    }
}

fn fail(failure: &Failure, output: Output) -> ExitCode {
    output.report(failure);
    ExitCode::from(failure.code as u8)
}

/// Runs the command. The first signal lets writes in flight finish. The second ends the run at once.
async fn supervise(Arguments { global, command }: Arguments, output: Output) -> Result<(), End> {
    let mut signals = Signals::listen().map_err(|error| End::Failed(error.into()))?;
    let journal = Journal::default();
    let work = journal.clone();
    // A separate task: a slow file or program must not delay the handling of signals.
    let mut run = Task(tokio::spawn(async move { run(command, &global, output, &work).await }));
    let (signal, is_over) = tokio::select! {
        biased;
        result = run.ended() => match result {
            // Ctrl-C at the hidden prompt is a key, not a signal.
            Err(failure) if failure.is_interruption() => (Signal::Interrupt, true),
            result => {
                journal.settle().await;
                return result.map_err(|failure| End::Failed(advised(failure, &journal)));
            }
        },
        signal = signals.next() => (signal, false),
    };
    journal.stop();
    tokio::select! {
        biased;
        result = run.ended(), if !is_over => report_after(result, output),
        () = journal.settled() => {}
        _ = signals.next() => {}
        () = tokio::time::sleep(DRAIN) => output.warn("requests in flight were given up after 10 s"),
    }
    run.abort().await;
    journal.settle().await;
    journal.report(signal, output);
    Err(End::Signalled(signal))
}

/// Replaces advice on scopes if the source of the token is the reason of the refusal.
fn advised(failure: Failure, journal: &Journal) -> Failure {
    match journal.token_advice() {
        // GitHub's own reasons, and other servers' answers, have no advice on scopes.
        Some(advice) if failure.hint.as_ref().is_some_and(|hint| hint.contains("needs the")) => {
            failure.hint(advice)
        }
        _ => failure,
    }
}

/// The run as a task.
struct Task(tokio::task::JoinHandle<Result<(), Failure>>);

impl Task {
    async fn ended(&mut self) -> Result<(), Failure> {
        match (&mut self.0).await {
            Ok(result) => result,
            Err(error) if error.is_panic() => std::panic::resume_unwind(error.into_panic()),
            Err(_) => Err(Failure::interrupted()),
        }
    }

    /// Ends the run. A thread that is blocked does not end, and is not waited for.
    async fn abort(mut self) {
        self.0.abort();
        if !self.0.is_finished() {
            tokio::time::timeout(Duration::from_millis(200), &mut self.0).await.ok();
        }
    }
}

/// Reports a late failure, unless it is the interruption itself.
fn report_after(result: Result<(), Failure>, output: Output) {
    match result {
        Err(failure) if !failure.is_interruption() => output.report(&failure),
        _ => {}
    }
}

async fn run(command: Command, global: &Global, output: Output, journal: &Journal) -> Result<(), Failure> {
    match command {
        Command::Demo => commands::demo::run(output).await,
        Command::Put(put) => commands::put::run::<AnySecrets>(global, put, output, journal).await,
        Command::Import(import) => commands::import::run(global, import, output, journal).await,
        Command::List(list) => commands::list::run::<AnySecrets>(global, list, output, journal).await,
        Command::Get(secrets) => {
            output.note("GitHub never returns the value of a secret; this is what it shows");
            commands::show::run::<AnySecrets>(global, secrets, output, journal).await
        }
        Command::Show(secret) => commands::show::run::<AnySecrets>(global, secret, output, journal).await,
        Command::Delete(secret) => commands::delete::run::<AnySecrets>(global, secret, output, journal).await,
        Command::Find(find) => commands::find::run(global, find, output, journal).await,
        Command::Diff(diff) => commands::diff::run(global, diff, output, journal).await,
        Command::Check(stores) => commands::check::run(global, stores, output, journal).await,
        Command::Key(store) => commands::key::run(global, store, output, journal).await,
        Command::Access(access) => commands::access::run::<AnySecrets>(global, access, output, journal).await,
        Command::Variable(variable) => commands::variable::run(global, variable, output, journal).await,
        Command::Whoami => commands::whoami::run(global, output, journal).await,
        Command::Seal(seal) => commands::seal::run(seal, output, journal).await,
        Command::Completions(shell) => commands::install::completions(shell, output),
        Command::Help(help) => commands::help::run(help, output),
        Command::Man(man) => commands::install::man(man, output),
        Command::Emulate(emulate) => commands::emulate::run(emulate, output).await,
    }
}
