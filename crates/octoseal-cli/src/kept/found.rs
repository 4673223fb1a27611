//! Secrets and variables as GitHub shows them.

use super::Kept;
use crate::output::age;
use octoseal::{AnyStore, RepositoryRef, Secret, Timestamp, Variable, VisibilityName};
use serde_json::{Value, json};

/// A secret, or a variable with its value.
pub(crate) struct Found {
    pub(crate) name: String,
    /// The value. Only variables have it.
    value: Option<String>,
    created_at: Option<Timestamp>,
    updated_at: Option<Timestamp>,
    pub(crate) visibility: Option<VisibilityName>,
}

impl From<&Secret> for Found {
    fn from(secret: &Secret) -> Self {
        let Secret { name, created_at, updated_at, visibility, .. } = secret.clone();
        Self { name, value: None, created_at, updated_at, visibility }
    }
}

impl From<&Variable> for Found {
    fn from(variable: &Variable) -> Self {
        let Variable { name, value, created_at, updated_at, visibility, .. } = variable.clone();
        Self { name, value: Some(value), created_at, updated_at, visibility }
    }
}

/// The widths of columns.
#[derive(Clone, Copy, Default)]
pub(crate) struct Widths {
    name: usize,
    value: usize,
}

impl Widths {
    pub(crate) fn of(all: &[Found]) -> Self {
        let mut widths = Self::default();
        widths.fit(all);
        widths
    }

    /// Widens the columns so that their titles fit.
    pub(crate) fn fit_titles(&mut self) {
        self.name = self.name.max("NAME".len());
        self.value = self.value.max("VALUE".len());
    }

    /// Widens the columns so that these items fit.
    pub(crate) fn fit(&mut self, all: &[Found]) {
        let widest = |width: fn(&Found) -> usize| all.iter().map(width).max().unwrap_or_default();
        self.name = self.name.max(widest(|found| found.name.len()).min(WIDEST));
        self.value = self.value.max(widest(|found| found.value_on_one_line().chars().count()));
    }
}

/// The maximum width of a name. A longer one shifts only its own line.
const WIDEST: usize = 64;
/// Maximum number of characters of a value on one line.
const LONGEST_VALUE: usize = 60;

impl Found {
    /// Describes the item as JSON.
    pub(crate) fn describe(&self, store: &AnyStore) -> Value {
        let moment = |moment: Option<Timestamp>| moment.map(|moment| moment.to_string());
        let mut data = json!({
            "store": store.to_string(),
            "name": self.name,
            "created_at": moment(self.created_at),
            "updated_at": moment(self.updated_at),
            "visibility": self.visibility.as_ref().map(VisibilityName::as_str),
        });
        if let Some(value) = &self.value {
            data["value"] = value.as_str().into();
        }
        data
    }

    /// Returns the titles of [`cells`](Self::cells): the fields of the JSON.
    pub(crate) fn columns<K: Kept>() -> impl Iterator<Item = &'static str> {
        let value = K::HAS_VALUES.then_some("value");
        ["store", "name", "created_at", "updated_at", "visibility"].into_iter().chain(value)
    }

    /// Returns the cells of a table.
    pub(crate) fn cells(&self, store: &AnyStore) -> Vec<String> {
        let moment = |moment: Option<Timestamp>| moment.map(|moment| moment.to_string()).unwrap_or_default();
        let visibility = self.visibility.as_ref().map_or("", VisibilityName::as_str).to_owned();
        let (created, updated) = (moment(self.created_at), moment(self.updated_at));
        let cells = [store.to_string(), self.name.clone(), created, updated, visibility];
        cells.into_iter().chain(self.value.clone()).collect()
    }

    /// Returns the titles of the columns of [`line`](Self::line).
    pub(crate) fn titles<K: Kept>(widths: &Widths) -> String {
        let mut titles = format!("{:1$}", "NAME", widths.name);
        if K::HAS_VALUES {
            titles += &format!("  {:1$}", "VALUE", widths.value);
        }
        format!("{titles}  {:20}  VISIBILITY", "LAST WRITE")
    }

    /// Formats the item as one line: name, value, last write, visibility.
    pub(crate) fn line(&self, widths: &Widths) -> String {
        let Self { name, updated_at, visibility, .. } = self;
        let mut line = format!("{name:0$}", widths.name);
        if self.value.is_some() {
            line += &format!("  {:1$}", self.value_on_one_line(), widths.value);
        }
        let updated = age::shown(*updated_at);
        let visibility = visibility.as_ref().map_or("", |visibility| visibility.as_str());
        format!("{line}  {updated:20}  {visibility}").trim_end().to_owned()
    }

    fn value_on_one_line(&self) -> String {
        self.value.as_deref().map(on_one_line).unwrap_or_default()
    }

    /// Formats the item as several lines, with all its data and its access.
    pub(crate) fn text(&self, store: &AnyStore, repositories: Option<&[RepositoryRef]>) -> String {
        let mut lines = vec![format!("{} in {store}", self.name)];
        lines.extend(self.value.as_deref().map(|value| format!("  value       {}", on_lines(value))));
        lines.extend(self.created_at.map(|moment| format!("  created     {moment}")));
        lines.extend(self.updated_at.map(|moment| format!("  updated     {moment}")));
        lines.extend(self.visibility.as_ref().map(|it| format!("  visibility  {}", it.as_str())));
        match repositories {
            Some([]) => lines.push("  access      no repository".to_owned()),
            Some(all) => lines.extend(all.iter().map(|it| format!("  access      {}", it.full_name))),
            None => {}
        }
        lines.join("\n")
    }
}

fn on_one_line(value: &str) -> String {
    let mut shown: String = value.chars().take(LONGEST_VALUE).flat_map(printable).collect();
    if value.chars().nth(LONGEST_VALUE).is_some() {
        shown.push('…');
    }
    if shown.is_empty() { "\"\"".to_owned() } else { shown }
}

fn on_lines(value: &str) -> String {
    if value.is_empty() {
        return "\"\"".to_owned();
    }
    let lines: Vec<String> =
        value.split('\n').map(|line| line.chars().flat_map(printable).collect()).collect();
    lines.join("\n              ")
}

/// Escapes a character that would move the cursor, or change the order of others.
fn printable(c: char) -> impl Iterator<Item = char> {
    let is_odd = c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}');
    let escaped = is_odd.then(|| c.escape_default());
    let plain = (!is_odd).then_some(c);
    escaped.into_iter().flatten().chain(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_cannot_steer_the_terminal() {
        for (value, line) in [
            ("debug", "debug"),
            ("größer", "größer"),
            ("", "\"\""),
            ("two\nlines", "two\\nlines"),
            ("\u{1b}[31mred", "\\u{1b}[31mred"),
            ("a\u{202e}b", "a\\u{202e}b"),
        ] {
            assert_eq!(on_one_line(value), line, "{value:?}");
        }
        assert_eq!(on_lines("two\nlines\r"), "two\n              lines\\r");
        assert_eq!(on_one_line(&"x".repeat(61)), format!("{}…", "x".repeat(60)));
        assert_eq!(on_one_line(&"x".repeat(60)), "x".repeat(60));
    }
}
