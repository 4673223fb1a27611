//! No function of more than 60 lines, measured on formatted code from its `fn` to the brace that closes it.

use super::Violation;
use super::tree::Tree;

const LONGEST: usize = 60;

pub(super) fn check(tree: &Tree) -> Vec<Violation> {
    let sources = tree.files.iter().filter(|file| file.is_source());
    let mut violations = Vec::new();
    for file in sources {
        let lines: Vec<&str> = file.text.lines().collect();
        for (start, line) in lines.iter().enumerate() {
            let length = if begins_function(line) { length(&lines[start..]) } else { 0 };
            if length > LONGEST {
                let message =
                    format!("a function of {length} lines, more than {LONGEST}; split it by what it does");
                violations.push(Violation::new(&file.path, start + 1, message));
            }
        }
    }
    violations
}

/// Whether the line is `fn …` behind any of the words that may stand before it.
fn begins_function(line: &str) -> bool {
    let mut words = line.split_whitespace();
    let before = ["async", "const", "default", "extern", "\"C\"", "unsafe"];
    words.find(|word| !word.starts_with("pub") && !before.contains(word)) == Some("fn")
}

/// The lines of the function that begins at the first line; 1 for one without a body or with a body on its own line.
fn length(lines: &[&str]) -> usize {
    let indent = indentation(lines[0]);
    let mut in_body = false;
    for (index, line) in lines.iter().enumerate() {
        let end = line.trim_end();
        if in_body {
            if end.trim_start() == "}" && indentation(line) == indent {
                return index + 1;
            }
        } else if end.ends_with('{') {
            in_body = true;
        } else if end.ends_with(';') || end.ends_with('}') {
            return index + 1;
        }
    }
    lines.len()
}

fn indentation(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<Violation> {
        check(&Tree::of(&[("crates/x/src/lib.rs", text)]))
    }

    #[test]
    fn sixty_lines_pass_and_sixty_one_do_not() {
        let function =
            |lines: usize| format!("pub(crate) async fn f() {{\n{}}}\n", "    g();\n".repeat(lines - 2));
        assert!(found(&function(60)).is_empty());
        let violations = found(&function(61));
        assert_eq!(violations.len(), 1);
        assert!(violations[0].message.starts_with("a function of 61 lines"));
    }

    #[test]
    fn a_long_method_is_seen_behind_a_signature_of_several_lines() {
        let body = "        if a {\n        }\n".repeat(30);
        let text = format!("impl X {{\n    fn f(\n        a: u8,\n    ) -> u8 {{\n{body}    }}\n}}\n");
        assert_eq!(found(&text)[0].line, 2);
    }

    #[test]
    fn functions_without_a_body_end_where_they_are() {
        let after = "// more\n".repeat(80);
        for head in ["fn f();", "fn f() {}", "fn f(\n    a: [u8; 2],\n) -> u8;"] {
            assert!(found(&format!("{head}\n{after}")).is_empty(), "{head}");
        }
    }

    #[test]
    fn words_that_are_no_function_do_not_count() {
        assert!(!begins_function("// fn f() {"));
        assert!(!begins_function("type F = fn(u8) -> u8;"));
        assert!(begins_function("pub const unsafe extern \"C\" fn f() {"));
    }
}
