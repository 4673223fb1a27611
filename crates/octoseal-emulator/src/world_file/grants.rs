//! GitHub's scopes and permissions. A misspelled one would let a test pass or fail for the wrong reason.

use super::error::Wrong;
use super::words::Level;
use std::collections::BTreeMap;
use toml::Spanned;

/// Checks the scopes of a classic token (Scopes for OAuth apps).
pub(super) fn scopes(words: &[Spanned<String>]) -> Result<Vec<String>, Wrong> {
    words.iter().map(|word| known(word, SCOPES, NO_SCOPE)).collect()
}

/// Checks the permissions of a fine-grained token or of an App, each with its level.
pub(super) fn permissions(words: &BTreeMap<Spanned<String>, Level>) -> Result<Vec<(String, Level)>, Wrong> {
    words.iter().map(|(word, level)| Ok((known(word, PERMISSIONS, NO_PERMISSION)?, *level))).collect()
}

fn known(word: &Spanned<String>, words: &[&str], message: &str) -> Result<String, Wrong> {
    match words.contains(&word.get_ref().as_str()) {
        true => Ok(word.get_ref().clone()),
        false => Err(Wrong::new(word, message)),
    }
}

const NO_SCOPE: &str =
    "GitHub has no such scope; write `repo`, `admin:org` or `codespace:secrets`, for example";
const NO_PERMISSION: &str =
    "GitHub has no such permission; write `secrets` or `organization_secrets`, for example";

#[rustfmt::skip]
const SCOPES: &[&str] = &[
    "admin:enterprise", "admin:gpg_key", "admin:org", "admin:org_hook", "admin:public_key", "admin:repo_hook",
    "admin:ssh_signing_key", "audit_log", "codespace", "codespace:secrets", "copilot", "delete:packages",
    "delete_repo", "gist", "manage_billing:copilot", "manage_billing:enterprise", "manage_runners:enterprise",
    "manage_runners:org", "notifications", "project", "public_repo", "read:audit_log", "read:enterprise",
    "read:gpg_key", "read:network_configurations", "read:org", "read:packages", "read:project", "read:public_key",
    "read:repo_hook", "read:ssh_signing_key", "read:user", "repo", "repo:invite", "repo:status", "repo_deployment",
    "scim:enterprise", "security_events", "site_admin", "user", "user:email", "user:follow", "workflow",
    "write:discussion", "write:gpg_key", "write:network_configurations", "write:org", "write:packages",
    "write:public_key", "write:repo_hook", "write:ssh_signing_key",
];

#[rustfmt::skip]
const PERMISSIONS: &[&str] = &[
    "actions", "actions_variables", "administration", "agent_secrets", "agent_variables", "artifact_metadata",
    "attestations", "checks", "code_quality", "codespaces", "codespaces_metadata", "codespaces_secrets",
    "codespaces_user_secrets", "contents", "custom_properties_for_organizations", "dependabot_secrets",
    "deployments", "discussions", "email_addresses", "emails", "enterprise_custom_properties_for_organizations",
    "environments", "followers", "git_ssh_keys", "gpg_keys", "interaction_limits", "issues", "members",
    "merge_queues", "metadata", "organization_actions_variables", "organization_administration",
    "organization_agent_secrets", "organization_agent_variables", "organization_announcement_banners",
    "organization_codespaces", "organization_codespaces_secrets", "organization_copilot_agent_settings",
    "organization_copilot_seat_management", "organization_custom_org_roles", "organization_custom_properties",
    "organization_custom_roles", "organization_dependabot_secrets", "organization_events", "organization_hooks",
    "organization_packages", "organization_personal_access_token_requests", "organization_personal_access_tokens",
    "organization_plan", "organization_private_registries", "organization_projects", "organization_secrets",
    "organization_self_hosted_runners", "organization_user_blocking", "packages", "pages", "profile",
    "pull_requests", "repository_custom_properties", "repository_hooks", "repository_projects",
    "secret_scanning_alerts", "secrets", "security_events", "single_file", "starring", "statuses",
    "vulnerability_alerts", "workflows",
];
