//! The step `tidy`: house rules that a program can check. Every violation is one line, and all are printed.

mod layout;
mod links;
mod manifests;
mod tree;
mod versions;
mod words;

use crate::runner::Outcome;
use crate::workspace::Workspace;
use std::fmt;
use tree::Tree;

/// A broken rule at one place.
#[derive(Debug, PartialEq)]
struct Violation {
    path: String,
    line: usize,
    /// The fault and the remedy.
    message: String,
}

impl Violation {
    fn new(path: &str, line: usize, message: impl Into<String>) -> Self {
        Self { path: path.to_owned(), line, message: message.into() }
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.path, self.line, self.message)
    }
}

/// Every rule returns the places that break it.
const RULES: [fn(&Tree) -> Vec<Violation>; 5] =
    [layout::check, links::check, manifests::check, versions::check, words::check];

/// Applies every rule to the files that git tracks or would add.
pub(crate) fn run(workspace: &Workspace) -> Result<Outcome, String> {
    let tree = Tree::read(workspace)?;
    let violations: Vec<_> = RULES.iter().flat_map(|rule| rule(&tree)).collect();
    for violation in &violations {
        println!("{violation}");
    }
    match violations.len() {
        0 => Ok(Outcome::Passed),
        count => Err(format!("{count} violations of the house rules, listed above")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_tree_breaks_a_rule() {
        assert!(RULES.iter().any(|rule| !rule(&Tree::default()).is_empty()));
    }
}
