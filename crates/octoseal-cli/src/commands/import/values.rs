//! The values of an import: secrets, and variables.

use crate::output::{Failure, Output};
use crate::summary::counted;
use octoseal::{SecretName, SecretValue, VariableName, looks_like_a_credential};
use octoseal_fleet::inputs::{Entries, Entry};

/// The values for every store.
pub(super) struct Values {
    secrets: Vec<Entry>,
    secret_names: Vec<SecretName>,
    variables: Vec<String>,
    variable_names: Vec<VariableName>,
}

impl Values {
    /// Separates the values into secrets and variables, and warns of variables that look like credentials.
    pub(super) fn of(entries: Entries, output: Output) -> Result<Self, Failure> {
        let Entries { secrets, variables: entries, .. } = entries;
        let (mut variables, mut variable_names) = (Vec::new(), Vec::new());
        for Entry { name, value, key, line, .. } in entries {
            let text = std::str::from_utf8(value.expose())
                .map_err(|cause| Failure::usage(format!("line {line}: {key}: not text")).because(cause))?;
            if looks_like_a_credential(text) {
                output.warn(&format!("line {line}: {key}: {LOOKS}"));
            }
            variables.push(text.to_owned());
            variable_names.push(VariableName::new(name.as_str())?);
        }
        let secret_names = secrets.iter().map(|entry| entry.name.clone()).collect();
        Ok(Self { secrets, secret_names, variables, variable_names })
    }

    pub(super) fn secret_names(&self) -> &[SecretName] {
        &self.secret_names
    }

    pub(super) fn variable_names(&self) -> &[VariableName] {
        &self.variable_names
    }

    /// Copies the secrets.
    pub(super) fn secrets(&self) -> Vec<(SecretName, SecretValue)> {
        let copy = |entry: &Entry| (entry.name.clone(), SecretValue::from(entry.value.expose()));
        self.secrets.iter().map(copy).collect()
    }

    pub(super) fn variables(&self) -> Vec<(VariableName, String)> {
        self.variable_names.iter().cloned().zip(self.variables.iter().cloned()).collect()
    }

    pub(super) fn len(&self) -> usize {
        self.secret_names.len() + self.variable_names.len()
    }

    /// Returns the counts as text, such as `3 secrets and 1 variable`.
    pub(super) fn counted(&self) -> String {
        let secrets = counted(self.secret_names.len(), "secret");
        let variables = counted(self.variable_names.len(), "variable");
        match (self.secret_names.is_empty(), self.variable_names.is_empty()) {
            (_, true) => secrets,
            (true, false) => variables,
            (false, false) => format!("{secrets} and {variables}"),
        }
    }

    pub(super) fn noun(&self) -> &'static str {
        match (self.secret_names.is_empty(), self.variable_names.is_empty()) {
            (_, true) => "secrets",
            (true, false) => "variables",
            (false, false) => "values",
        }
    }
}

const LOOKS: &str = "the value looks like a credential, and everyone who can read the variable sees it";
