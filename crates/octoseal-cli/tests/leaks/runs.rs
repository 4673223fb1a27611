//! The runs: every verb in success and failure.

use crate::canary::VALUE;

/// A fault at GitHub.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Trouble {
    None,
    /// Every request is answered 403, with the token in the text.
    Refused,
    /// Every write is answered 422, with the token in the text.
    WritesRefused,
    /// Every connection is reset.
    Reset,
    /// The token comes from the GitHub CLI, and there is no way to GitHub.
    TokenOfGh,
}

/// A run of the command. `GIVEN` stands for the folder of the inputs.
pub(crate) struct Run {
    pub(crate) words: Vec<&'static str>,
    pub(crate) input: &'static str,
    pub(crate) trouble: Trouble,
    pub(crate) succeeds: bool,
    /// A secret that has a value afterwards.
    pub(crate) opens: Option<(&'static str, &'static str, &'static str)>,
    /// The number of programs that it starts.
    pub(crate) programs: usize,
}

fn run(words: &'static str) -> Run {
    let words = words.split(' ').collect();
    Run { words, input: VALUE, trouble: Trouble::None, succeeds: true, opens: None, programs: 0 }
}

impl Run {
    fn fails(self) -> Self {
        Self { succeeds: false, ..self }
    }

    fn with(self, trouble: Trouble) -> Self {
        Self { trouble, ..self }.fails()
    }

    fn opens(self, store: &'static str, name: &'static str) -> Self {
        Self { opens: Some((store, name, VALUE)), ..self }
    }

    fn programs(self, programs: usize) -> Self {
        Self { programs, ..self }
    }
}

const ACTIONS: &str = "repos/acme/api/actions";

/// Verbs that only read, or that change something and have no value.
const WITHOUT_VALUE: [&str; 11] = [
    "list acme/api",
    "show OLD acme/api orgs/acme/actions",
    "delete OLD acme/api",
    "key acme/api",
    "check acme/api",
    "find OLD orgs/acme",
    "access list OLD orgs/acme/actions",
    "access add OLD orgs/acme/actions --repository acme/web",
    "access set OLD orgs/acme/actions --no-repositories",
    "access remove OLD orgs/acme/actions --repository acme/api",
    "whoami",
];

const INPUTS: [&str; 4] = [
    "import GIVEN/values.env acme/api",
    "import GIVEN/values.json acme/api",
    "import GIVEN/values.toml acme/api",
    "import GIVEN/values.yaml acme/api",
];

const REFUSED_INPUTS: [&str; 10] = [
    "import GIVEN/bad.env acme/api",
    "import GIVEN/bad.json acme/api",
    "import GIVEN/bad.toml acme/api",
    "import GIVEN/bad.yaml acme/api",
    "import GIVEN/names.env acme/api",
    "import GIVEN/values.json acme/api --format toml",
    "import GIVEN/values.toml acme/api --format yaml",
    "import GIVEN/values.yaml acme/api --format json",
    "import - acme/api",
    "seal GIVEN/bad.env --for GIVEN/key.jsonl",
];

pub(crate) fn all() -> Vec<Run> {
    let mut runs = Vec::new();
    for words in WITHOUT_VALUE {
        runs.push(run(words));
        runs.push(run(words).with(Trouble::Refused));
        runs.push(retried(words, Trouble::Reset));
    }
    for words in INPUTS {
        runs.push(run(words).opens(ACTIONS, "A"));
        runs.push(run(words).with(Trouble::WritesRefused));
    }
    runs.extend(REFUSED_INPUTS.into_iter().map(|words| run(words).fails()));
    runs.extend(puts());
    runs.extend(sealed());
    runs.extend(programs());
    runs.extend([
        run("variable list acme/api"),
        run("variable put V acme/api --from-file GIVEN/value"),
        run("variable put V acme/api --from-file GIVEN/value").with(Trouble::Refused),
        run("variable import GIVEN/values.env acme/api"),
        run("variable import GIVEN/bad.env acme/api").fails(),
        run("import GIVEN/values.env acme/api --as-variables B,C").opens(ACTIONS, "A"),
        run("demo"),
        run("diff acme/api orgs/acme/actions"),
        run("diff acme/api orgs/acme/actions").with(Trouble::Refused),
        run("completions bash"),
        run("completions nonsense").fails(),
        run("man"),
        run("man --write-to /nonexistent").fails(),
        run("emulate --world /nonexistent").fails(),
    ]);
    runs
}

/// Allows one retry only, so that the run is short.
fn retried(words: &'static str, trouble: Trouble) -> Run {
    let mut run = run(words).with(trouble);
    run.words.extend(["--retries", "0"]);
    run
}

fn puts() -> Vec<Run> {
    const PUT: &str = "put A acme/api";
    vec![
        run(PUT).opens(ACTIONS, "A"),
        run("put A acme/api --from-env VALUE").opens(ACTIONS, "A"),
        run("put A acme/api --from-file GIVEN/value").opens(ACTIONS, "A"),
        run("put A acme/{api,web} --yes").opens("repos/acme/web/actions", "A"),
        run("put A acme/api --dry-run"),
        run(PUT).with(Trouble::Refused),
        run(PUT).with(Trouble::WritesRefused),
        retried(PUT, Trouble::Reset),
        run("put A acme/{api,web} --yes").with(Trouble::WritesRefused),
        run("put A acme/api --from-file GIVEN/value/x").fails(),
        run("put A-B acme/api").fails(),
        run("put A orgs/acme/actions").fails(),
        retried(PUT, Trouble::TokenOfGh).programs(1),
    ]
}

fn sealed() -> Vec<Run> {
    vec![
        run("seal --key 2Sg8iYjAxxmI2LvUXpJjkYrMxURPc8r+dB7TJyvvcCU="),
        run("seal --key AAAA").fails(),
        run("seal GIVEN/values.env --for GIVEN/key.jsonl"),
        run("seal --for GIVEN/key.jsonl --name A"),
        run("seal --for GIVEN/key.jsonl -- source").programs(1).fails(),
        run("seal --for GIVEN/key.jsonl --format json -- json").programs(1),
        run("seal GIVEN/values.env --for GIVEN/values.env").fails(),
        run("import --sealed GIVEN/values.env").fails(),
        run("import --sealed GIVEN/key.jsonl").fails(),
    ]
}

fn programs() -> Vec<Run> {
    vec![
        run("put A acme/api -- source").opens(ACTIONS, "A").programs(1),
        run("put A acme/{api,web} --yes -- source").opens("repos/acme/web/actions", "A").programs(1),
        run("put A acme/api -- broken").fails().programs(1),
        run("import acme/{api,web} --yes --format json -- json").opens(ACTIONS, "A").programs(1),
        run("import acme/api -- source").fails().programs(1),
        run("import acme/api --format json -- broken").fails().programs(1),
        run("import acme/api --format json -- json").with(Trouble::Refused).programs(1),
    ]
}
