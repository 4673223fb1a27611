//! A small, tolerant reader of GraphQL queries: fields with aliases and arguments. It knows no types.

use serde_json::Value;

/// One field that was asked for.
#[derive(Debug, PartialEq)]
pub(super) struct Field {
    /// The name in the answer: the alias, or else the field's name.
    pub(super) key: String,
    pub(super) name: String,
    pub(super) arguments: Vec<(String, Value)>,
    pub(super) fields: Vec<Field>,
}

/// The fields of the first operation, or the text at which reading ended.
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
    /// Passes spaces, commas and comments.
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

    /// Passes an operation's name and the declarations of its variables.
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

    /// The beginning of what could not be read.
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
                arguments.push((argument, self.value()?));
            }
        }
        self.skip();
        let fields = if self.rest.starts_with('{') { self.selection(depth + 1)? } else { Vec::new() };
        Ok(Field { key, name, arguments, fields })
    }

    /// A variable, or a value that JSON writes in the same way.
    fn value(&mut self) -> Result<Value, String> {
        if self.take('$') {
            let name = self.name()?;
            let value = &self.variables[&name];
            // A long one could be named often, and would be copied each time.
            let is_long = value.as_str().is_some_and(|text| text.len() > LONGEST_VARIABLE);
            let is_whole = value.is_array() || value.is_object();
            return Ok(if is_long || is_whole { Value::Null } else { value.clone() });
        }
        self.skip();
        let mut values = serde_json::Deserializer::from_str(self.rest).into_iter::<Value>();
        match values.next() {
            Some(Ok(value)) => {
                self.rest = &self.rest[values.byte_offset()..];
                Ok(value)
            }
            _ => Err(self.here()),
        }
    }
}

const DEEPEST: usize = 16;
/// Fields of one query; `gh` asks for a repository in each.
const MOST: usize = 10_000;
/// Arguments of one field; GitHub's have a handful.
const MOST_ARGUMENTS: usize = 16;
/// Bytes of a variable's text: owners and names are short.
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
    fn what_is_no_query_ends_in_an_error_and_never_in_a_panic() {
        let deep = "{a".repeat(100);
        for query in [
            "",
            "{",
            "{ a",
            "{ a(",
            "{ a(b: ) }",
            "{ a(b: $) }",
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
