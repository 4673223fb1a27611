//! The report of a client's program: its last line, as JSON.

use serde::Deserialize;
use std::collections::BTreeMap;
use std::fmt;
use std::process::Output;

/// The figures of one client.
#[derive(Debug, Deserialize)]
pub(super) struct Report {
    #[serde(skip)]
    client: &'static str,
    version: String,
    stores: u64,
    /// The number of calls of each operation.
    operations: BTreeMap<String, u64>,
    /// The number of opened values that were compared with the stored ones.
    pub(super) compared: u64,
    failures: Vec<String>,
}

impl Report {
    /// Reads the last line of the output.
    pub(super) fn parse(client: &'static str, output: &Output) -> Result<Self, String> {
        let stdout = String::from_utf8_lossy(&output.stdout);
        let report = stdout.lines().last().and_then(|line| serde_json::from_str::<Self>(line).ok());
        match report {
            Some(report) if output.status.success() => match report.compared {
                0 if report.failures.is_empty() => Err("its program compared nothing".to_owned()),
                _ => Ok(Self { client, ..report }),
            },
            _ => {
                let stderr = String::from_utf8_lossy(&output.stderr);
                Err(format!("its program failed: {}: {}", output.status, stderr.trim()))
            }
        }
    }

    pub(super) fn operations(&self) -> u64 {
        self.operations.values().sum()
    }

    /// Lists the differences.
    pub(super) fn failures(&self) -> impl Iterator<Item = String> + '_ {
        self.failures.iter().map(|failure| format!("{}: {failure}", self.client))
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { client, version, stores, operations, compared, failures } = self;
        let operations: Vec<_> = operations.iter().map(|(name, count)| format!("{count} {name}")).collect();
        let operations = operations.join(", ");
        write!(f, "{client} {version}: {stores} stores; {operations}; {compared} values compared")?;
        if failures.is_empty() { Ok(()) } else { write!(f, "; {} FAILURES", failures.len()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::process::ExitStatus;

    fn parse(stdout: &str) -> Result<Report, String> {
        let output =
            Output { status: ExitStatus::default(), stdout: stdout.into(), stderr: b"the cause".to_vec() };
        Report::parse("gh", &output)
    }

    #[test]
    fn a_report_is_one_line_and_its_failures_name_the_client() {
        let line =
            r#"{"version": "1.2", "stores": 2, "operations": {"set": 3}, "compared": 3, "failures": ["x"]}"#;
        let report = parse(&format!("other output\n{line}\n")).unwrap();
        assert_eq!(report.to_string(), "gh 1.2: 2 stores; 3 set; 3 values compared; 1 FAILURES");
        assert_eq!(report.failures().collect::<Vec<_>>(), ["gh: x"]);
    }

    #[test]
    fn a_program_without_a_report_or_a_comparison_fails() {
        assert!(parse("Traceback").unwrap_err().ends_with(": the cause"));
        let empty = r#"{"version": "1", "stores": 0, "operations": {}, "compared": 0, "failures": []}"#;
        assert_eq!(parse(empty).unwrap_err(), "its program compared nothing");
    }
}
