//! Options of the GitHub CLI, recognized only to answer with what octoseal calls them.

/// Returns the answer to an option that people know from `gh secret`.
pub(super) fn translation(option: &str) -> Option<&'static str> {
    let option = option.split('=').next().unwrap_or(option);
    TRANSLATIONS.iter().find(|(options, _)| options.contains(&option)).map(|(_, answer)| *answer)
}

const TRANSLATIONS: &[(&[&str], &str)] = &[
    (
        &["--env", "-e"],
        "a deployment environment is part of the store: octoseal put NAME repos/OWNER/REPO/environments/ENVIRONMENT; to \
         read the value from a variable use --from-env",
    ),
    (
        &["--body", "-b"],
        "a value is never an argument, where other users can see it: use the hidden prompt, standard input, --from-file \
         or --from-env",
    ),
    (
        &["--app", "-a"],
        "the family is part of the store: octoseal put NAME repos/OWNER/REPO/dependabot, or orgs/ORG/codespaces",
    ),
    (&["--org", "-o"], "the organization is part of the store: octoseal put NAME orgs/ORG/actions"),
    (
        &["--repos", "-r"],
        "name each repository with access: octoseal put NAME orgs/ORG/actions --repository OWNER/REPO",
    ),
    (&["--repo", "-R"], "the repository is part of the store: octoseal put NAME repos/OWNER/REPO/actions"),
    (
        &["--user", "-u"],
        "the store of your own Codespaces secrets is user/codespaces: octoseal put NAME user/codespaces",
    ),
    (&["--file"], "the option is called --from-file"),
];
