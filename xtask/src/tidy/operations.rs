//! docs/operations.txt lists GitHub's 72 operations on secrets: sorted, each once, the right number for each owner.

use super::Violation;
use super::tree::Tree;

const LISTING: &str = "docs/operations.txt";

/// For each owner: where its paths begin, its stores, the operations of each store, its other listings.
/// The first beginning that fits counts.
const OWNERS: &[(&str, usize, usize, usize)] = &[
    ("/repos/{owner}/{repo}/environments/", 1, 5, 0),
    ("/repos/{owner}/{repo}/", 4, 5, 2),
    ("/orgs/{org}/", 4, 5 + 4, 0),
    ("/user/", 1, 5 + 4, 0),
];

/// Ten stores with five verbs, five of them with four more for the selected repositories, and two listings.
const ALL: usize = 10 * 5 + 5 * 4 + 2;

pub(super) fn check(tree: &Tree) -> Vec<Violation> {
    let Some(text) = tree.text(LISTING) else {
        return vec![Violation::new(LISTING, 1, "the file is missing; list the operations, one a line")];
    };
    let mut violations = Vec::new();
    let mut operations = Vec::new();
    for (index, line) in text.lines().enumerate() {
        match operation(line) {
            Some(operation) => operations.push((index + 1, operation)),
            None => {
                let message = format!("`{line}` is no operation; write `METHOD /path`");
                violations.push(Violation::new(LISTING, index + 1, message));
            }
        }
    }
    violations.extend(order(&operations));
    violations.extend(counts(&operations));
    violations
}

/// Path and method of a line.
fn operation(line: &str) -> Option<(&str, &str)> {
    let (method, path) = line.split_once(' ')?;
    let good = ["DELETE", "GET", "PUT"].contains(&method) && path.starts_with('/') && !path.contains(' ');
    good.then_some((path, method))
}

fn order(operations: &[(usize, (&str, &str))]) -> Vec<Violation> {
    let wrong = operations.windows(2).filter(|pair| pair[0].1 >= pair[1].1);
    let tell = |pair: &[(usize, (&str, &str))]| {
        let (line, (path, method)) = pair[1];
        let message =
            format!("`{method} {path}` is out of order or a duplicate; sort by path, then by method");
        Violation::new(LISTING, line, message)
    };
    wrong.map(tell).collect()
}

fn counts(operations: &[(usize, (&str, &str))]) -> Vec<Violation> {
    let mut violations = Vec::new();
    let mut tell = |whose: &str, expected: usize, found: usize| {
        if expected != found {
            let message =
                format!("{found} operations {whose}, not {expected}; compare with GitHub's description");
            violations.push(Violation::new(LISTING, 1, message));
        }
    };
    tell("in all", ALL, operations.len());
    for (beginning, stores, verbs, listings) in OWNERS {
        let found = operations.iter().filter(|(_, (path, _))| owner(path) == Some(*beginning));
        tell(&format!("under `{beginning}`"), stores * verbs + listings, found.count());
    }
    violations
}

fn owner(path: &str) -> Option<&'static str> {
    let mut beginnings = OWNERS.iter().map(|(beginning, ..)| *beginning);
    beginnings.find(|beginning| path.starts_with(beginning))
}

#[cfg(test)]
mod tests {
    use super::*;

    const COMMITTED: &str = include_str!("../../../docs/operations.txt");

    fn found(text: &str) -> Vec<String> {
        let violations = check(&Tree::of(&[(LISTING, text)]));
        violations.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn the_owners_add_up_to_all() {
        let sum: usize = OWNERS.iter().map(|(_, stores, verbs, more)| stores * verbs + more).sum();
        assert_eq!(sum, ALL);
    }

    #[test]
    fn the_committed_listing_passes() {
        assert_eq!(found(COMMITTED), [""; 0]);
    }

    #[test]
    fn a_missing_operation_is_told_twice() {
        let messages = found(&COMMITTED.replace("GET /user/codespaces/secrets\n", ""));
        assert_eq!(messages.len(), 2, "{messages:?}");
        assert!(messages[1].contains("8 operations under `/user/`, not 9"));
    }

    #[test]
    fn a_duplicate_and_a_swap_are_out_of_order() {
        let first = "GET /orgs/{org}/actions/secrets\n";
        let messages = found(&format!("{first}{COMMITTED}"));
        assert!(messages[0].starts_with("docs/operations.txt:2: "), "{messages:?}");
        let swapped = COMMITTED.replacen(first, "", 1).replacen(
            "/public-key\n",
            "/public-key\nGET /orgs/{org}/actions/secrets\n",
            1,
        );
        let messages = found(&swapped);
        assert_eq!(messages.len(), 1, "{messages:?}");
        assert!(messages[0].contains("out of order"), "{messages:?}");
    }

    #[test]
    fn a_line_of_another_form_is_refused() {
        let messages = found(&COMMITTED.replace("PUT /user", "PATCH /user"));
        assert!(messages[0].contains("is no operation"), "{messages:?}");
    }

    #[test]
    fn a_missing_listing_is_a_violation() {
        assert_eq!(check(&Tree::default()).len(), 1);
    }
}
