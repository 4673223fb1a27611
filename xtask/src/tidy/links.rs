//! Relative links in README.md and docs lead to files of the project, and to headings of its pages. The index of docs lists all
//! pages.

use super::Violation;
use super::tree::Tree;

/// The index of the pages.
const INDEX: &str = "docs/README.md";

pub(super) fn check(tree: &Tree) -> Vec<Violation> {
    let is_page = |path: &str| path == "README.md" || (path.starts_with("docs/") && path.ends_with(".md"));
    let mut violations = Vec::new();
    for file in tree.files.iter().filter(|file| is_page(&file.path)) {
        for (line, target) in links(&file.text) {
            let (name, heading) = target.split_once('#').map_or((target, None), |(a, b)| (a, Some(b)));
            let path = if name.is_empty() { Some(file.path.clone()) } else { resolve(&file.path, name) };
            let message = match (path, heading) {
                (Some(path), _) if !path.is_empty() && !tree.has(&path) => "name a file of the project",
                (None, _) => "name a file of the project",
                (Some(path), Some(heading)) if !has_heading(tree, &path, heading) => {
                    "name a heading of the page"
                }
                _ => continue,
            };
            let message = format!("the link to `{target}` leads nowhere; {message}");
            violations.push(Violation::new(&file.path, line, message));
        }
    }
    violations.extend(unlisted(tree));
    violations
}

/// Finds pages and guides that the index does not list.
fn unlisted(tree: &Tree) -> Vec<Violation> {
    let links = links(tree.text(INDEX).unwrap_or_default());
    let listed: Vec<_> =
        links.iter().filter_map(|(_, target)| resolve(INDEX, target.split('#').next()?)).collect();
    let is_page = |path: &str| match path.strip_prefix("docs/").and_then(|path| path.strip_suffix(".md")) {
        Some(name) => !name.contains('/') || name.starts_with("guides/"),
        None => false,
    };
    let pages =
        tree.files.iter().map(|file| file.path.as_str()).filter(|path| is_page(path) && *path != INDEX);
    let missing = pages.filter(|path| !listed.iter().any(|listed| listed == path));
    let message = format!("{INDEX} has no link to this page; add one, so that readers find it");
    missing.map(|path| Violation::new(path, 1, message.clone())).collect()
}

/// Lists the relative links outside of code, each with its line.
fn links(text: &str) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    let mut fenced = false;
    for (index, line) in text.lines().enumerate() {
        if line.trim_start().starts_with("```") {
            fenced = !fenced;
        } else if !fenced {
            // Every second part is between backticks, so it is code.
            let prose = line.split('`').step_by(2);
            found.extend(prose.flat_map(targets).chain(definition(line)).map(|target| (index + 1, target)));
        }
    }
    let elsewhere = ["mailto:", "https://", "http://"];
    found
        .retain(|(_, target)| !target.is_empty() && !elsewhere.iter().any(|start| target.starts_with(start)));
    found
}

/// Lists the targets in the round brackets of `[text](target "title")`.
fn targets(prose: &str) -> impl Iterator<Item = &str> {
    prose.split("](").skip(1).filter_map(|rest| rest.split([')', ' ']).next())
}

/// Returns the target of a line `[name]: target`.
fn definition(line: &str) -> Option<&str> {
    let (_, target) = line.strip_prefix('[')?.split_once("]: ")?;
    target.split_whitespace().next()
}

/// Returns whether the page has this heading. Files that are not Markdown have none to check.
fn has_heading(tree: &Tree, path: &str, heading: &str) -> bool {
    let page = tree.text(path).filter(|_| path.ends_with(".md"));
    page.is_none_or(|page| {
        let mut fenced = false;
        page.lines().any(|line| {
            fenced ^= line.starts_with("```");
            !fenced && line.starts_with('#') && anchor(line) == heading
        })
    })
}

/// Returns the anchor that GitHub gives a heading.
fn anchor(heading: &str) -> String {
    let text = heading.trim_start_matches('#').trim().to_lowercase().replace(' ', "-");
    text.chars().filter(|c| c.is_alphanumeric() || "-_".contains(*c)).collect()
}

/// Returns the path from the root, or nothing if it leaves the project.
fn resolve(page: &str, path: &str) -> Option<String> {
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

    fn lines(text: &str) -> Vec<usize> {
        let files = [
            ("docs/a.md", text),
            ("docs/b.md", "# 1: A `part`!\n"),
            ("docs/README.md", "[a](a.md), [b](b.md#1-a-part)"),
            ("crates/x/src/lib.rs", ""),
        ];
        check(&Tree::of(&files)).iter().map(|violation| violation.line).collect()
    }

    #[test]
    fn a_page_that_the_index_does_not_list_is_a_violation() {
        let index = ("docs/README.md", "[a](a.md)");
        let files = [index, ("docs/a.md", ""), ("docs/guides/b.md", ""), ("docs/decisions/1.md", "")];
        let violations = check(&Tree::of(&files));
        assert_eq!(violations.iter().map(|it| it.path.as_str()).collect::<Vec<_>>(), ["docs/guides/b.md"]);
    }

    #[test]
    fn only_a_link_to_nothing_or_out_of_the_project_is_a_violation() {
        let good =
            "# Top\n[b](b.md#1-a-part) [x](../crates/x) [up](#top) [web](https://example.com/x \"t\")\n";
        assert_eq!(lines(good), [0; 0]);
        assert_eq!(lines("# A\n[x](none.md)\n"), [2]);
        assert_eq!(lines("[x](../../other.md)\n[y][z]\n\n[z]: c.md\n"), [1, 4]);
        assert_eq!(lines("[x](#gone)\n```\n# gone\n```\n[b](b.md#gone)\n"), [1, 5]);
        assert_eq!(lines("`[x](y)` and\n```rust\nlet x = a[0](y);\n```\n"), [0; 0]);
    }
}
