//! A small, tolerant parser of GraphQL queries: fields with aliases and arguments, without types.

use serde_json::{Map, Value};

/// A requested field.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Field {
    /// The name in the answer: the alias, or the field's name.
    pub(super) key: String,
    pub(super) name: String,
    pub(super) arguments: Vec<(String, Value)>,
    pub(super) fields: Vec<Field>,
}

impl Field {
    /// Returns an argument, or `null` if it is missing.
    pub(super) fn value(&self, argument: &str) -> &Value {
        let found = self.arguments.iter().find(|(name, _)| name == argument);
        found.map_or(&Value::Null, |(_, value)| value)
    }

    /// Returns the text of an argument, or an empty text if it is missing.
    pub(super) fn text(&self, argument: &str) -> String {
        self.value(argument).as_str().unwrap_or_default().to_owned()
    }
}

/// Parses the fields of the first operation. An error holds the text at which parsing stopped.
pub(super) fn read(query: &str, variables: &Value) -> Result<Vec<Field>, String> {
    let mut reader = Reader { rest: query, variables, fields_left: MOST };
    reader.skip();
    if !reader.rest.starts_with('{') {
        match reader.name()?.as_str() {
            "query" => reader.until_selection(),
            operation => return Err(operation.to_owned()),
        }
    }
    reader.selection(0)
}

struct Reader<'a> {
    rest: &'a str,
    variables: &'a Value,
    fields_left: usize,
}

impl Reader<'_> {
    /// Skips spaces, commas and comments.
    fn skip(&mut self) {
        loop {
            let blank = |c: char| c.is_whitespace() || c == ',' || c == '\u{feff}';
            self.rest = self.rest.trim_start_matches(blank);
            match self.rest.strip_prefix('#') {
                Some(comment) => self.rest = comment.trim_start_matches(|c| c != '\n'),
                None => return,
            }
        }
    }

    /// Skips an operation's name and the declarations of its variables.
    fn until_selection(&mut self) {
        let end = self.rest.find('{').unwrap_or(self.rest.len());
        self.rest = &self.rest[end..];
    }

    fn take(&mut self, symbol: char) -> bool {
        self.skip();
        match self.rest.strip_prefix(symbol) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    fn expect(&mut self, symbol: char) -> Result<(), String> {
        if self.take(symbol) { Ok(()) } else { Err(self.here()) }
    }

    /// Returns the beginning of the text that could not be parsed.
    fn here(&self) -> String {
        self.rest.chars().take(20).collect()
    }

    fn name(&mut self) -> Result<String, String> {
        self.skip();
        let end = self.rest.find(|c: char| c != '_' && !c.is_ascii_alphanumeric()).unwrap_or(self.rest.len());
        match self.rest.split_at(end) {
            ("", _) => Err(self.here()),
            (name, rest) => {
                self.rest = rest;
                Ok(name.to_owned())
            }
        }
    }

    fn selection(&mut self, depth: usize) -> Result<Vec<Field>, String> {
        self.expect('{')?;
        let mut fields = Vec::new();
        while !self.take('}') {
            if depth == DEEPEST || self.fields_left == 0 {
                return Err(self.here());
            }
            self.fields_left -= 1;
            fields.push(self.field(depth)?);
        }
        Ok(fields)
    }

    fn field(&mut self, depth: usize) -> Result<Field, String> {
        let key = self.name()?;
        let name = if self.take(':') { self.name()? } else { key.clone() };
        let mut arguments = Vec::new();
        if self.take('(') {
            while !self.take(')') {
                let argument = self.name()?;
                if arguments.len() == MOST_ARGUMENTS {
                    return Err(argument);
                }
                self.expect(':')?;
                arguments.push((argument, self.value(0)?));
            }
        }
        self.skip();
        let fields = if self.rest.starts_with('{') { self.selection(depth + 1)? } else { Vec::new() };
        Ok(Field { key, name, arguments, fields })
    }

    /// Parses a variable, a JSON value, an enumeration value, or a list or an object of these.
    fn value(&mut self, depth: usize) -> Result<Value, String> {
        if depth == DEEPEST {
            return Err(self.here());
        }
        if self.take('$') {
            return self.variable();
        }
        if self.take('[') {
            let mut items = Vec::new();
            while !self.take(']') {
                items.push(self.value(depth + 1)?);
            }
            return Ok(items.into());
        }
        if self.take('{') {
            let mut fields = Map::new();
            while !self.take('}') {
                let name = self.name()?;
                self.expect(':')?;
                fields.insert(name, self.value(depth + 1)?);
            }
            return Ok(fields.into());
        }
        self.leaf()
    }

    fn variable(&mut self) -> Result<Value, String> {
        let name = self.name()?;
        let value = &self.variables[&name];
        // A query could name a long variable often, and each use copies it.
        let is_long = value.as_str().is_some_and(|text| text.len() > LONGEST_VARIABLE);
        let is_whole = value.is_array() || value.is_object();
        Ok(if is_long || is_whole { Value::Null } else { value.clone() })
    }

    /// Parses a text, a number or an enumeration value.
    fn leaf(&mut self) -> Result<Value, String> {
        if self.rest.starts_with(|c: char| c == '_' || c.is_ascii_alphabetic()) {
            let word = self.name()?;
            return Ok(serde_json::from_str(&word).unwrap_or(Value::String(word)));
        }
        let number = |c: char| c.is_ascii_alphanumeric() || "+-.".contains(c);
        let end = self.rest.find(|c: char| !number(c)).unwrap_or(self.rest.len());
        if end > 0 {
            let value = serde_json::from_str(&self.rest[..end]).map_err(|_| self.here())?;
            self.rest = &self.rest[end..];
            return Ok(value);
        }
        let mut texts = serde_json::Deserializer::from_str(self.rest).into_iter::<String>();
        match texts.next() {
            Some(Ok(text)) => {
                self.rest = &self.rest[texts.byte_offset()..];
                Ok(text.into())
            }
            _ => Err(self.here()),
        }
    }
}

const DEEPEST: usize = 16;
/// Maximum number of fields in one query. `gh` requests one field for each repository.
const MOST: usize = 10_000;
/// Maximum number of arguments of one field. GitHub's fields have fewer.
const MOST_ARGUMENTS: usize = 16;
/// Maximum length of a variable's text in bytes. Owners and names are short.
const LONGEST_VARIABLE: usize = 256;

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn aliases_arguments_variables_and_comments_are_read() {
        let query = "query Q($o: String = \"x\") { # look\n a: repository(owner: $o, name: \"r\\\"\") { databaseId, id } }";
        let fields = read(query, &json!({ "o": "octo" })).unwrap();
        let leaf = |name: &str| Field {
            key: name.into(),
            name: name.into(),
            arguments: Vec::new(),
            fields: Vec::new(),
        };
        let arguments = vec![("owner".to_owned(), json!("octo")), ("name".to_owned(), json!("r\""))];
        let fields_within = vec![leaf("databaseId"), leaf("id")];
        let field = Field { key: "a".into(), name: "repository".into(), arguments, fields: fields_within };
        assert_eq!(fields, [field]);
    }

    #[test]
    fn numbers_words_lists_and_objects_are_arguments() {
        let query = "{ a(first:100, by: { field: PUSHED_AT, up: true }, of: [OWNER, null, -1.5]) { b } }";
        let fields = read(query, &Value::Null).unwrap();
        assert_eq!(fields[0].value("first"), 100);
        assert_eq!(*fields[0].value("by"), json!({ "field": "PUSHED_AT", "up": true }));
        assert_eq!(*fields[0].value("of"), json!(["OWNER", null, -1.5]));
    }

    #[test]
    fn text_that_is_no_query_gives_an_error_and_never_a_panic() {
        let deep = "{a".repeat(100);
        for query in [
            "",
            "{",
            "{ a",
            "{ a(",
            "{ a(b: ) }",
            "{ a(b: $) }",
            "{ a(b: [1) }",
            "{ a(b: {c}) }",
            "{ a(b: 1x) }",
            &format!("{{ a(b: {}", "[".repeat(100)),
            "mutation { a }",
            "{ ä }",
            "{ ... on X { a } }",
            "query",
            &deep,
        ] {
            assert!(read(query, &Value::Null).is_err(), "{query}");
        }
    }
}
