//! Output of GitHub's answers. Their texts are already redacted and free of control characters.

use octoseal::{Error, Written};
use std::fmt::Display;

/// Prints one question and its answer.
pub(crate) fn print<T: Display>(question: &str, answer: &Result<T, Error>) {
    println!("  {question}:");
    match answer {
        Ok(answer) => println!("    {answer}"),
        Err(error) => refusal(error),
    }
}

/// Describes a write's answer with GitHub's status.
pub(crate) fn written(written: Written) -> &'static str {
    match written {
        Written::Created => "201, it was stored as a new secret",
        Written::Updated => "204, it was stored as an update",
    }
}

/// Prints status and body.
fn refusal(error: &Error) {
    let Some(refusal) = error.refusal() else {
        return println!("    no answer: {}", chain(error));
    };
    let problem = refusal.problem();
    println!("    {}, message {:?}", problem.status(), problem.message());
    for field in problem.errors() {
        println!("    errors: field {:?}, code {:?}, message {:?}", field.field, field.code, field.message);
    }
    if let Some(url) = problem.documentation_url() {
        println!("    documentation_url {url:?}");
    }
}

/// Formats an error with all its causes.
pub(crate) fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text.push_str(&format!(": {error}"));
        cause = error.source();
    }
    text
}
