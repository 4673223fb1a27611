//! The jobs: a number of secrets in each of a number of repositories.

use std::fmt;

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Job {
    pub(crate) repositories: u32,
    pub(crate) secrets_each: u32,
}

pub(crate) const JOBS: [Job; 3] = [
    Job { repositories: 1_000, secrets_each: 10 },
    Job { repositories: 100, secrets_each: 10 },
    Job { repositories: 10, secrets_each: 10 },
];

impl Job {
    pub(crate) fn secrets(self) -> u32 {
        self.repositories * self.secrets_each
    }

    /// Returns the minimum number of requests: a key for each repository, a write for each secret.
    pub(crate) fn requests(self) -> u32 {
        self.repositories + self.secrets()
    }
}

impl fmt::Display for Job {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} on {}", self.secrets(), self.repositories)
    }
}
