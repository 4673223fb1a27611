//! The house rules that a program can check: every violation is one line, all are told before failing.

mod arrows;
mod functions;
mod layout;
mod links;
mod manifests;
mod operations;
mod published;
mod tree;
mod versions;
mod words;

use crate::runner::Outcome;
use crate::workspace::Workspace;
use std::fmt;
use tree::Tree;

/// One broken rule at one place.
#[derive(Debug, PartialEq)]
struct Violation {
    path: String,
    line: usize,
    /// What is wrong, and what to do.
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

/// Every rule: what it looks at is the tree, what it gives are the places that break it.
const RULES: &[fn(&Tree) -> Vec<Violation>] = &[
    arrows::check,
    functions::check,
    layout::check,
    links::check,
    manifests::check,
    operations::check,
    published::check,
    versions::check,
    words::check,
];

/// Applies every rule to the files git knows or would take.
pub(crate) fn run(workspace: &Workspace) -> Result<Outcome, String> {
    let tree = Tree::read(workspace)?;
    let violations: Vec<_> = RULES.iter().flat_map(|rule| rule(&tree)).collect();
    for violation in &violations {
        println!("{violation}");
    }
    match violations.len() {
        0 => Ok(Outcome::Passed),
        1 => Err("one house rule is broken, see the line above".to_owned()),
        count => Err(format!("house rules are broken at {count} places, see the lines above")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_violation_is_one_line_that_editors_can_follow() {
        let violation = Violation::new("docs/a.md", 3, "wrong; mend it");
        assert_eq!(violation.to_string(), "docs/a.md:3: wrong; mend it");
    }

    #[test]
    fn an_empty_tree_is_not_taken_for_a_tidy_one() {
        assert!(RULES.iter().any(|rule| !rule(&Tree::default()).is_empty()));
    }
}
