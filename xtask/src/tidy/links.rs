//! Relative links in README.md and docs point to files that are there.

use super::Violation;
use super::tree::Tree;

pub(super) fn check(tree: &Tree) -> Vec<Violation> {
    let mut violations = Vec::new();
    let pages = tree.files.iter().filter(|file| is_page(&file.path));
    for file in pages {
        for (line, target) in links(&file.text) {
            let path = resolve(&file.path, target);
            if !path.is_some_and(|path| path.is_empty() || tree.has(&path)) {
                let message = format!("the link to `{target}` leads nowhere; name a file of the project");
                violations.push(Violation::new(&file.path, line, message));
            }
        }
    }
    violations
}

fn is_page(path: &str) -> bool {
    path == "README.md" || (path.starts_with("docs/") && path.ends_with(".md"))
}

/// The relative links outside of code, each with its line.
fn links(text: &str) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    let mut fenced = false;
    for (index, line) in text.lines().enumerate() {
        if line.trim_start().starts_with("```") {
            fenced = !fenced;
        } else if !fenced {
            // What stands between backticks is code.
            let prose = line.split('`').step_by(2);
            found.extend(prose.flat_map(targets).map(|target| (index + 1, target)));
            found.extend(definition(line).map(|target| (index + 1, target)));
        }
    }
    found.retain(|(_, target)| is_relative(target));
    found
}

/// What stands in the round brackets of `[text](target "title")`.
fn targets(prose: &str) -> impl Iterator<Item = &str> {
    let behind = prose.split("](").skip(1);
    behind.filter_map(|rest| rest.split([')', ' ']).next())
}

/// The target of a line `[name]: target`.
fn definition(line: &str) -> Option<&str> {
    let (_, target) = line.strip_prefix('[')?.split_once("]: ")?;
    target.split_whitespace().next()
}

fn is_relative(target: &str) -> bool {
    !target.is_empty()
        && !target.starts_with('#')
        && !target.contains("://")
        && !target.starts_with("mailto:")
}

/// The path from the root, or nothing if it leaves the project.
fn resolve(page: &str, target: &str) -> Option<String> {
    let path = target.split('#').next().unwrap_or_default();
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            name => parts.push(name),
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> usize {
        let files = [("docs/a.md", text), ("docs/b.md", ""), ("crates/x/src/lib.rs", "")];
        check(&Tree::of(&files)).len()
    }

    #[test]
    fn a_link_to_nothing_is_seen_with_its_line() {
        let tree = Tree::of(&[("README.md", "# A\n[x](docs/none.md)\n")]);
        assert_eq!(check(&tree)[0].line, 2);
    }

    #[test]
    fn links_to_files_folders_and_headings_pass() {
        let text =
            "[b](b.md#part) and [x](../crates/x) and [up](#top) and [web](https://example.com/x \"t\")\n";
        assert_eq!(found(text), 0);
    }

    #[test]
    fn a_link_out_of_the_project_and_a_dead_definition_are_seen() {
        assert_eq!(found("[x](../../other.md)\n[y][z]\n\n[z]: c.md\n"), 2);
    }

    #[test]
    fn code_holds_no_links() {
        assert_eq!(found("`[x](y)` and\n```rust\nlet x = a[0](y);\n```\n"), 0);
    }
}
