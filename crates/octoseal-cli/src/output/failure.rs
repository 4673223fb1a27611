//! Failures: what failed, the reason, a remedy, and the exit code.

use super::exit_code::ExitCode;
use serde_json::{Map, Value, json};
use std::error::Error;
use std::io;
use std::iter;

/// A failure of the command.
#[derive(Clone, Debug)]
pub(crate) struct Failure {
    pub(crate) code: ExitCode,
    /// What failed and why, in one sentence.
    pub(crate) message: String,
    /// The remedy.
    pub(crate) hint: Option<String>,
    pub(crate) causes: Vec<String>,
    pub(crate) context: Box<Context>,
}

/// The data of a failure for programs.
#[derive(Clone, Debug, Default)]
pub(crate) struct Context {
    pub(crate) kind: Option<&'static str>,
    pub(crate) status: Option<u16>,
    pub(crate) request_id: Option<String>,
    pub(crate) retry_after_seconds: Option<u64>,
    pub(crate) store: Option<String>,
    pub(crate) name: Option<String>,
    pub(crate) argument: Option<String>,
}

impl Failure {
    pub(crate) fn new(code: ExitCode, message: impl Into<String>) -> Self {
        let (message, context) = (message.into(), Box::<Context>::default());
        Self { code, message, hint: None, causes: Vec::new(), context }
    }

    pub(crate) fn usage(message: impl Into<String>) -> Self {
        Self::new(ExitCode::Usage, message)
    }

    /// Creates the failure of work that was not started because of a signal.
    pub(crate) fn interrupted() -> Self {
        let mut failure = Self::new(ExitCode::Failed, "interrupted before it was started");
        failure.context.kind = Some("interrupted");
        failure
    }

    /// Returns whether the reason is a signal, or Ctrl-C at the hidden prompt.
    pub(crate) fn is_interruption(&self) -> bool {
        self.context.kind == Some("interrupted")
    }

    /// Adds an error and its sources as causes.
    pub(crate) fn because(mut self, cause: impl Error) -> Self {
        let first: &dyn Error = &cause;
        self.causes.extend(iter::successors(Some(first), |&cause| cause.source()).map(ToString::to_string));
        self
    }

    /// Adds another failure as the cause, and takes over its data for programs.
    pub(crate) fn because_of(mut self, cause: Self) -> Self {
        self.causes.push(cause.message);
        self.causes.extend(cause.causes);
        self.hint = self.hint.or(cause.hint);
        self.context = cause.context;
        self
    }

    /// Sets the remedy.
    pub(crate) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Names the argument with the mistake.
    pub(crate) fn argument(mut self, argument: impl Into<String>) -> Self {
        self.context.argument = Some(argument.into());
        self
    }

    /// Returns the kind, a word for programs.
    pub(crate) fn kind(&self) -> &'static str {
        self.context.kind.unwrap_or(self.code.kind())
    }

    /// Prints at most three lines, and all causes if `verbose`.
    pub(crate) fn for_people(&self, verbose: bool) -> String {
        let mut text = format!("error: {}", self.message);
        if let Some((first, rest)) = self.causes.split_first() {
            text += &format!(": {first}");
            rest.iter().filter(|_| verbose).for_each(|cause| text += &format!("\n  cause: {cause}"));
        }
        if let Some(hint) = &self.hint {
            text += &format!("\n  {}", hint.replace('\n', "\n  "));
        }
        if let Some(id) = self.context.request_id.as_ref().filter(|_| verbose) {
            text += &format!("\n  request id: {id}");
        }
        text
    }

    /// Returns the failure as docs/json.md describes it.
    pub(crate) fn to_json(&self) -> Value {
        let context = &self.context;
        let optional = [
            ("hint", self.hint.as_ref().map(|hint| json!(hint))),
            ("status", context.status.map(|status| json!(status))),
            ("request_id", context.request_id.as_ref().map(|id| json!(id))),
            ("retry_after_seconds", context.retry_after_seconds.map(|seconds| json!(seconds))),
            ("store", context.store.as_ref().map(|store| json!(store))),
            ("name", context.name.as_ref().map(|name| json!(name))),
            ("argument", context.argument.as_ref().map(|argument| json!(argument))),
        ];
        let mut object = Map::new();
        object.insert("error".to_owned(), json!(self.message));
        object.insert("kind".to_owned(), json!(self.kind()));
        object.insert("exit_code".to_owned(), json!(self.code as u8));
        object.insert("causes".to_owned(), json!(self.causes));
        let present = optional.into_iter().filter_map(|(key, value)| Some((key.to_owned(), value?)));
        object.extend(present);
        object.into()
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::new(ExitCode::File, "the operating system refused").because(error)
    }
}
