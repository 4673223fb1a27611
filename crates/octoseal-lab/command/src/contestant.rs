//! The two commands, and how each does a job.

use crate::cost::{self, Cost, ONCE};
use crate::jobs::Job;
use crate::stage::{ORGANIZATION, Stage};
use std::env;
use std::fs::File;
use std::process::{Command, Stdio};

/// How many repositories get the same secret in the job of many repositories.
pub(crate) const REPOSITORIES: usize = 50;

pub(crate) struct Contestant {
    pub(crate) name: &'static str,
    program: String,
    /// What it says of its version.
    pub(crate) version: String,
}

impl Contestant {
    pub(crate) fn octoseal(program: &str) -> Result<Self, String> {
        Self::new("octoseal", program)
    }

    pub(crate) fn gh(program: &str) -> Result<Self, String> {
        Self::new("gh", program)
    }

    fn new(name: &'static str, program: &str) -> Result<Self, String> {
        let output = Command::new(program).arg("--version").output();
        let output = output.map_err(|error| format!("{name} cannot be started: {error}"))?;
        let text = String::from_utf8_lossy(&output.stdout);
        let words = text.lines().next().unwrap_or_default().split_whitespace();
        let version = words.filter(|word| *word != "version").take(2).collect::<Vec<_>>().join(" ");
        Ok(Self { name, program: program.to_owned(), version })
    }

    pub(crate) fn is_octoseal(&self) -> bool {
        self.name == "octoseal"
    }

    /// Does a job, and returns what it took.
    pub(crate) fn perform(&self, job: Job, stage: &Stage) -> Result<Cost, String> {
        let mut total = Cost { succeeded: true, ..Cost::default() };
        for arguments in self.runs(job, stage) {
            total = total.then(cost::of(self.command(stage, job)?.args(&arguments))?);
        }
        Ok(total)
    }

    /// The arguments of each run of a job. Where one run does not do it, there are several.
    fn runs(&self, job: Job, stage: &Stage) -> Vec<Vec<String>> {
        let words = |text: String| text.split(' ').map(str::to_owned).collect::<Vec<_>>();
        let file = |count| stage.env_file(count).display().to_string();
        match (job, self.is_octoseal()) {
            (Job::Start, _) => vec![words("--version".to_owned())],
            (Job::One, true) => vec![words("put A octo/hello".to_owned())],
            (Job::One, false) => vec![words("secret set A -R github.localhost/octo/hello".to_owned())],
            (Job::Many(count), true) => {
                let file = file(count);
                vec![words(format!("import {file} octo/hello --profile unlimited --in-flight 50"))]
            }
            (Job::Organization(count), _) => {
                let file = file(count);
                let options = "--visibility all --profile unlimited --in-flight 50";
                vec![words(format!("import {file} {ORGANIZATION} {options}"))]
            }
            (Job::Many(count), false) => {
                vec![words(format!("secret set -f {} -R github.localhost/octo/hello", file(count)))]
            }
            (Job::Repositories, true) => {
                let stores: Vec<String> = (0..REPOSITORIES).map(|it| format!("octo/r{it}")).collect();
                vec![words(format!("put A {} --yes --profile unlimited --in-flight 50", stores.join(" ")))]
            }
            (Job::Repositories, false) => (0..REPOSITORIES)
                .map(|it| words(format!("secret set A -R github.localhost/octo/r{it}")))
                .collect(),
        }
    }

    /// The measuring process, with the environment of the contestant. For `github.localhost` gh asks
    /// `http://api.github.localhost`, and the proxy is the emulator itself.
    fn command(&self, stage: &Stage, job: Job) -> Result<Command, String> {
        let mut command = Command::new(env::current_exe().map_err(|error| error.to_string())?);
        let url = stage.emulator.url();
        command.env_clear().env("PATH", "/usr/bin:/bin").env("HOME", stage.folder());
        match self.is_octoseal() {
            true => command.env("OCTOSEAL_API_URL", url).env("OCTOSEAL_TOKEN", "ghp_x"),
            false => command
                .env("GH_HOST", "github.localhost")
                .env("HTTP_PROXY", url)
                .env("GH_TOKEN", "ghp_x")
                .env("GH_PROMPT_DISABLED", "1")
                .env("GH_NO_UPDATE_NOTIFIER", "1")
                .env("GH_CONFIG_DIR", stage.folder().join("gh")),
        };
        let input = match job {
            Job::One | Job::Repositories => {
                File::open(stage.value_file()).map_err(|error| error.to_string())?.into()
            }
            Job::Start | Job::Many(_) | Job::Organization(_) => Stdio::null(),
        };
        command.stdin(input).arg(ONCE).arg(&self.program);
        Ok(command)
    }
}
