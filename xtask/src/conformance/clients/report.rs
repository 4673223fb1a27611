//! What a client's program says at its end, in one line of JSON.

use serde_json::Value;
use std::fmt;
use std::process::Output;

/// One client's figures.
#[derive(Debug)]
pub(super) struct Report {
    client: &'static str,
    version: String,
    stores: u64,
    /// How often each operation was done.
    operations: Vec<(String, u64)>,
    /// How many opened values were compared with those given.
    pub(super) compared: u64,
    failures: Vec<String>,
}

impl Report {
    /// Reads the last line of the output.
    ///
    /// # Errors
    ///
    /// If the program did not come to its end; with what it wrote to stderr.
    pub(super) fn parse(client: &'static str, output: &Output) -> Result<Self, String> {
        let stdout = String::from_utf8_lossy(&output.stdout);
        let line: Option<Value> = stdout.lines().last().and_then(|line| serde_json::from_str(line).ok());
        let (Some(report), true) = (line, output.status.success()) else {
            let stderr = String::from_utf8_lossy(&output.stderr);
            return Err(format!("its program ended with {}: {}", output.status, stderr.trim()));
        };
        let report = Self {
            client,
            version: report["version"].as_str().unwrap_or("?").to_owned(),
            stores: report["stores"].as_u64().unwrap_or(0),
            operations: counts(&report["operations"]),
            compared: report["compared"].as_u64().unwrap_or(0),
            failures: texts(&report["failures"]),
        };
        match report.compared {
            0 if report.failures.is_empty() => Err("its program compared nothing".to_owned()),
            _ => Ok(report),
        }
    }

    pub(super) fn operations(&self) -> u64 {
        self.operations.iter().map(|(_, count)| count).sum()
    }

    /// What differs, one line each.
    pub(super) fn failures(&self) -> impl Iterator<Item = String> + '_ {
        self.failures.iter().map(|failure| format!("{}: {failure}", self.client))
    }
}

fn counts(value: &Value) -> Vec<(String, u64)> {
    let counts = value.as_object().into_iter().flatten();
    counts.map(|(name, count)| (name.clone(), count.as_u64().unwrap_or(0))).collect()
}

fn texts(value: &Value) -> Vec<String> {
    let texts = value.as_array().into_iter().flatten();
    texts.map(|text| text.as_str().map_or_else(|| text.to_string(), str::to_owned)).collect()
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { client, version, stores, operations, compared, failures } = self;
        let operations: Vec<_> = operations.iter().map(|(name, count)| format!("{count} {name}")).collect();
        let operations = operations.join(", ");
        write!(f, "{client} {version}: {stores} stores; {operations}; {compared} values compared")?;
        match failures.len() {
            0 => Ok(()),
            count => write!(f, "; {count} FAILURES"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::process::ExitStatus;

    fn output(stdout: &str) -> Output {
        Output { status: ExitStatus::default(), stdout: stdout.into(), stderr: b"why".to_vec() }
    }

    #[test]
    fn a_report_is_one_line_and_its_failures_name_the_client() {
        let line =
            r#"{"version": "1.2", "stores": 2, "operations": {"set": 3}, "compared": 3, "failures": ["x"]}"#;
        let report = Report::parse("gh", &output(&format!("chatter\n{line}\n"))).unwrap();
        assert_eq!(report.to_string(), "gh 1.2: 2 stores; 3 set; 3 values compared; 1 FAILURES");
        assert_eq!(report.failures().collect::<Vec<_>>(), ["gh: x"]);
    }

    #[test]
    fn a_program_that_says_or_compares_nothing_is_no_success() {
        assert!(Report::parse("gh", &output("Traceback")).unwrap_err().ends_with(": why"));
        let empty = r#"{"compared": 0, "failures": []}"#;
        assert_eq!(Report::parse("gh", &output(empty)).unwrap_err(), "its program compared nothing");
    }
}
