//! Commands and options of the GitHub CLI, recognized only to name octoseal's equivalents.

/// Returns the answer to an option that users know from `gh secret`.
pub(super) fn translation(option: &str) -> Option<&'static str> {
    let option = option.split('=').next().unwrap_or(option);
    TRANSLATIONS.iter().find(|(options, _)| options.contains(&option)).map(|(_, answer)| *answer)
}

/// Returns the answer to a command that users know from other tools.
pub(super) fn command_translation(command: &str) -> Option<&'static str> {
    COMMANDS.iter().find(|(commands, _)| commands.contains(&command)).map(|(_, answer)| *answer)
}

const COMMANDS: &[(&[&str], &str)] = &[
    (&["secret", "secrets"], "leave this word out: octoseal put NAME STORE"),
    (
        &["read", "view"],
        "GitHub never returns the value of a secret; octoseal show NAME STORE shows the rest",
    ),
    (
        &["copy", "cp", "rename", "mv", "move"],
        "GitHub never returns a value, so put it again where it is needed: \
        octoseal put NAME STORE",
    ),
    (
        &["auth", "login"],
        "set OCTOSEAL_TOKEN or GH_TOKEN, or log in with gh; octoseal whoami shows what is used",
    ),
    (&["encrypt"], "octoseal seal --key BASE64 seals a value without sending it"),
];

const TRANSLATIONS: &[(&[&str], &str)] = &[
    (
        &["--env", "-e", "--environment"],
        "a deployment environment is part of the store: octoseal put NAME OWNER/REPO/environments/ENVIRONMENT; --from-env \
         reads the value from a variable",
    ),
    (
        &["--body", "-b"],
        "a value is never an argument, where other users can see it: use the hidden prompt, standard input, --from-file \
         or --from-env",
    ),
    (
        &["--app", "-a"],
        "the family is part of the store: octoseal put NAME OWNER/REPO/dependabot, or orgs/ORG/codespaces",
    ),
    (&["--org", "-o"], "the organization is part of the store: octoseal put NAME orgs/ORG/actions"),
    (
        &["--repos", "-r"],
        "name the repositories with access: octoseal put NAME orgs/ORG/actions --allow-repo REPO,REPO",
    ),
    (&["--repo", "-R"], "the repository is part of the store: octoseal put NAME OWNER/REPO/actions"),
    (
        &["--user", "-u"],
        "the store of your own Codespaces secrets is user/codespaces: octoseal put NAME user/codespaces",
    ),
    (&["--file"], "the option is called --from-file"),
    (&["--env-file", "-f"], "values of a dotenv file are imported: octoseal import .env OWNER/REPO"),
    (
        &["--no-store"],
        "octoseal seal --key BASE64 seals a value without sending it; octoseal key STORE shows the key",
    ),
    (&["--no-repos-selected"], "the option is called --no-repositories"),
];
