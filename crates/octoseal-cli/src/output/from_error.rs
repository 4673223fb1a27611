//! Failures of the library as failures of the command.

use super::exit_code::ExitCode;
use super::failure::{Context, Failure};
use super::phrase::phrase;
use octoseal::{Action, Error, ModelError, Operation};
use std::error::Error as _;
use std::iter;

impl From<ModelError> for Failure {
    fn from(error: ModelError) -> Self {
        Error::from(error).into()
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        let (message, hint) = words(&error);
        let sources = iter::successors(error.source(), |&cause| cause.source());
        Self {
            code: code(&error),
            message,
            hint,
            causes: sources.map(ToString::to_string).collect(),
            context: Box::new(context(&error)),
        }
    }
}

fn code(error: &Error) -> ExitCode {
    match error {
        _ if error.is_invalid_input() => ExitCode::Usage,
        _ if error.is_unknown_outcome() => ExitCode::UnknownOutcome,
        _ if error.is_rate_limited() => ExitCode::RateLimited,
        // A proxy or a login page says nothing about the token or the names.
        Error::Refused(refusal) if !refusal.problem().is_from_github() => match refusal.problem().status() {
            status if status.is_server_error() => ExitCode::NoAnswer,
            _ => ExitCode::Failed,
        },
        Error::Refused(refusal) if refusal.operation().action() == Action::GetApp => ExitCode::NotAllowed,
        _ if error.is_not_found() => ExitCode::NotFound,
        _ if error.is_unauthorized() || error.is_forbidden() => ExitCode::NotAllowed,
        Error::InstallationToken => ExitCode::NotAllowed,
        Error::Transport { source, .. } if source.is_redirect() => ExitCode::Failed,
        Error::Transport { .. } | Error::KeyTooLate { .. } => ExitCode::NoAnswer,
        _ => ExitCode::Failed,
    }
}

/// Returns what failed and why, and a remedy.
fn words(error: &Error) -> (String, Option<String>) {
    match error {
        Error::Refused(refusal) => {
            let message = format!("cannot {}: {}", phrase(refusal.operation()), refusal.problem());
            let unknown = error.is_unknown_outcome().then(|| MAY_BE_DONE.to_owned());
            (message, unknown.or(refusal.explanation().map(str::to_owned)))
        }
        Error::Transport { operation, .. } if error.is_unknown_outcome() => {
            (format!("cannot {}", phrase(operation)), Some(MAY_BE_DONE.to_owned()))
        }
        Error::Transport { operation, .. } if error.is_rate_limited() => {
            (format!("cannot {}", phrase(operation)), Some(WAIT_LONGER.to_owned()))
        }
        Error::Transport { operation, source } => {
            let is_untrusted = source.to_string().contains("trusted authority");
            let hint = is_untrusted.then(|| "--ca-file FILE adds the certificate of an authority".to_owned());
            (format!("cannot {}", phrase(operation)), hint)
        }
        Error::Answer { operation, .. } if operation.is_read() => (
            format!("cannot {}: this is not GitHub's answer", phrase(operation)),
            Some(NOT_FROM_GITHUB.to_owned()),
        ),
        Error::Answer { operation, .. } => {
            let message = "this is not GitHub's answer, so the write may have been done";
            (format!("cannot {}: {message}", phrase(operation)), Some(NOT_FROM_GITHUB.to_owned()))
        }
        _ => (error.to_string(), None),
    }
}

fn context(error: &Error) -> Context {
    let operation = operation(error);
    let store = match error {
        Error::NothingToKeep { store, .. }
        | Error::KeyChanged { store, .. }
        | Error::AccessReplaced { store, .. } => Some(store.to_string()),
        Error::Key { store, .. } | Error::KeyTooLate { store } => Some(store.clone()),
        _ => operation.and_then(Operation::store).map(ToString::to_string),
    };
    let name = match error {
        Error::NothingToKeep { name, .. }
        | Error::KeyChanged { name, .. }
        | Error::AccessReplaced { name, .. } => Some(name.as_str()),
        _ => operation.and_then(name),
    };
    Context {
        kind: kind(error),
        status: error.status().map(|status| status.as_u16()),
        request_id: error.refusal().and_then(|refusal| refusal.request_id()).map(str::to_owned),
        retry_after_seconds: error.retry_after().map(|wait| wait.as_secs()),
        store,
        name: name.map(str::to_owned),
        argument: None,
    }
}

/// The name of the secret or of the variable.
fn name(operation: &Operation) -> Option<&str> {
    let variable = || Some(operation.variable_name()?.as_str());
    operation.secret_name().map(octoseal::SecretName::as_str).or_else(variable)
}

fn operation(error: &Error) -> Option<&Operation> {
    match error {
        Error::Transport { operation, .. } | Error::Answer { operation, .. } => Some(operation),
        Error::NotTried(cause) => operation(cause),
        _ => error.refusal().map(octoseal::Refusal::operation),
    }
}

/// Returns the kind, if it is more specific than the exit code.
fn kind(error: &Error) -> Option<&'static str> {
    Some(match error {
        Error::NothingToKeep { .. } => "nothing_to_keep",
        Error::AccessReplaced { .. } => "access_replaced",
        Error::ValueTooLong { .. } => "value_too_long",
        Error::Key { .. } => "invalid_key",
        Error::KeyChanged { .. } => "key_changed",
        Error::Answer { .. } if !error.is_unknown_outcome() => "invalid_answer",
        Error::Refused(refusal)
            if !error.is_unknown_outcome()
                && !error.is_rate_limited()
                && !refusal.problem().is_from_github() =>
        {
            "invalid_answer"
        }
        Error::Incomplete { .. } | Error::TooManyPages => "incomplete",
        Error::UnknownVisibility => "unknown_visibility",
        Error::Refused(_) if error.is_conflict() => "conflict",
        Error::Refused(_) if error.is_validation_failed() => "validation_failed",
        Error::Refused(_) if code(error) == ExitCode::Failed => "refused",
        _ => return None,
    })
}

const MAY_BE_DONE: &str = "the write may have been done: run it again, or look with octoseal show";

const WAIT_LONGER: &str = "--max-wait and --deadline say how long the command waits";
const NOT_FROM_GITHUB: &str = "check the address and what stands between, such as a proxy or a login page; the API of an \
    Enterprise Server is at https://HOST/api/v3";
