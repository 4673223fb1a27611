//! Reads Cargo.toml line by line: as much of TOML as our manifests use, with the comments.

/// One `key = value` of a manifest.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Entry {
    /// The table it stands in, without brackets.
    pub(crate) section: String,
    /// The line it begins at, from 1.
    pub(crate) line: usize,
    pub(crate) key: String,
    /// The value as written; of more lines they are joined by spaces.
    pub(crate) value: String,
    /// What follows `#` on its lines.
    pub(crate) comment: String,
}

/// All entries in order.
pub(crate) fn entries(text: &str) -> Vec<Entry> {
    let mut entries: Vec<Entry> = Vec::new();
    let mut section = String::new();
    let mut open = false;
    for (index, line) in text.lines().enumerate() {
        let (code, comment) = split_comment(line);
        let code = code.trim();
        if open {
            if let Some(entry) = entries.last_mut() {
                entry.value.push_str(&format!(" {code}"));
                entry.comment.push_str(comment.trim());
                open = !balanced(&entry.value);
            }
        } else if code.starts_with('[') {
            section = code.trim_matches(['[', ']']).to_owned();
        } else if let Some((key, value)) = code.split_once('=') {
            open = !balanced(value);
            entries.push(Entry {
                section: section.clone(),
                line: index + 1,
                key: key.trim().to_owned(),
                value: value.trim().to_owned(),
                comment: comment.trim().to_owned(),
            });
        }
    }
    entries
}

/// The value of one key, without its quotes.
pub(crate) fn value(text: &str, section: &str, key: &str) -> Option<String> {
    let mut all = entries(text).into_iter();
    let found = all.find(|entry| entry.section == section && entry.key == key)?;
    Some(found.value.trim_matches('"').to_owned())
}

/// The line at which a table's heading stands.
pub(crate) fn section_line(text: &str, section: &str) -> Option<usize> {
    let heading = format!("[{section}]");
    let index = text.lines().position(|line| split_comment(line).0.trim() == heading)?;
    Some(index + 1)
}

/// Splits a line at the first `#` that stands outside of quotes.
fn split_comment(line: &str) -> (&str, &str) {
    let mut quoted = false;
    for (index, character) in line.char_indices() {
        match character {
            '"' => quoted = !quoted,
            '#' if !quoted => return (&line[..index], &line[index + 1..]),
            _ => {}
        }
    }
    (line, "")
}

/// Whether every bracket that opens is closed again.
fn balanced(value: &str) -> bool {
    let opened = value.matches(['[', '{']).count();
    opened <= value.matches([']', '}']).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_knows_its_table_line_and_reason() {
        let found = entries("[a.b]\n# alone\nx = { y = \"#\" } # why\n");
        let expected = Entry {
            section: "a.b".to_owned(),
            line: 3,
            key: "x".to_owned(),
            value: "{ y = \"#\" }".to_owned(),
            comment: "why".to_owned(),
        };
        assert_eq!(found, [expected]);
    }

    #[test]
    fn a_value_of_several_lines_is_one_entry() {
        let found = entries("[d]\nx = { f = [\n  \"a\",\n] } # why\ny = 1\n");
        assert_eq!(found.len(), 2);
        assert_eq!(found[0].value, "{ f = [ \"a\", ] }");
        assert_eq!(found[0].comment, "why");
        assert_eq!(found[1].line, 5);
    }

    #[test]
    fn a_value_is_found_by_table_and_key() {
        let text = "[package]\nversion = \"1\"\n[workspace.package]\nversion = \"2\"\n";
        assert_eq!(value(text, "workspace.package", "version").as_deref(), Some("2"));
        assert_eq!(value(text, "workspace.package", "license"), None);
        assert_eq!(section_line(text, "workspace.package"), Some(3));
    }
}
