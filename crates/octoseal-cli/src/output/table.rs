//! Tables for spreadsheets and other programs.

use crate::arguments::TableFormat;

/// Formats a row. CSV follows RFC 4180; in TSV a tab, a line end and a backslash within a cell are escaped by a backslash.
pub(crate) fn row<'a>(format: TableFormat, cells: impl IntoIterator<Item = &'a str>) -> String {
    let (separator, cell): (&str, fn(&str) -> String) = match format {
        TableFormat::Csv => (",", csv),
        TableFormat::Tsv => ("\t", tsv),
    };
    cells.into_iter().map(cell).collect::<Vec<_>>().join(separator)
}

fn csv(cell: &str) -> String {
    match cell.contains(['"', ',', '\n', '\r']) {
        true => format!("\"{}\"", cell.replace('"', "\"\"")),
        false => cell.to_owned(),
    }
}

fn tsv(cell: &str) -> String {
    let escape = |c: char| match c {
        '\\' | '\t' | '\n' | '\r' => c.escape_default().to_string(),
        // It would steer a terminal.
        c if c.is_control() => c.escape_unicode().to_string(),
        c => c.to_string(),
    };
    cell.chars().map(escape).collect()
}

#[cfg(test)]
mod tests {
    use super::row;
    use crate::arguments::TableFormat::{Csv, Tsv};

    #[test]
    fn cells_are_quoted_or_escaped() {
        let cells = ["a", "b,c", "say \"no\"", "two\nlines", "tab\t\\"];
        assert_eq!(row(Csv, cells), "a,\"b,c\",\"say \"\"no\"\"\",\"two\nlines\",tab\t\\");
        assert_eq!(row(Tsv, cells), "a\tb,c\tsay \"no\"\ttwo\\nlines\ttab\\t\\\\");
    }
}
