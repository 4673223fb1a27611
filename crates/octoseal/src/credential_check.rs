//! Detection of credentials in variables.

/// Prefixes of well-known credentials, each with its issuer. The list is short: this is not a secret scanner.
const PREFIXES: [&str; 22] = [
    "AIza",        // Google Cloud: API key
    "AKIA",        // AWS: access key of a user
    "ASIA",        // AWS: temporary access key
    "SG.",         // SendGrid: API key
    "dckr_pat_",   // Docker: personal access token
    "dop_v1_",     // DigitalOcean: personal access token
    "ghp_",        // GitHub: classic personal access token
    "github_pat_", // GitHub: fine-grained personal access token
    "gho_",        // GitHub: OAuth access token
    "ghr_",        // GitHub: refresh token
    "ghs_",        // GitHub: installation token
    "ghu_",        // GitHub: user access token of an App
    "glpat-",      // GitLab: personal access token
    "hvs.",        // HashiCorp Vault: service token
    "npm_",        // npm: access token
    "pypi-",       // PyPI: API token
    "rk_live_",    // Stripe: restricted key
    "sk-ant-",     // Anthropic: API key
    "sk_live_",    // Stripe: secret key
    "xoxb-",       // Slack: token of a bot
    "xoxp-",       // Slack: token of a user
    "-----BEGIN",  // PEM; private keys only, see below
];

/// Shorter texts may be ordinary words with the same prefix, such as the name of a variable.
const MIN_CHARACTERS: usize = 16;

/// Returns whether a value looks like a credential, which belongs in a secret. It does if it begins like a
/// token (`ghp_`, `github_pat_`, `glpat-`, `npm_`, `pypi-`, `AKIA`, `xoxb-`, `sk_live_` and some others), or
/// if it is a private key in PEM.
///
/// Everyone who can read a repository's workflows can print its variables.
///
/// # Examples
///
/// ```
/// use octoseal::looks_like_a_credential;
///
/// assert!(looks_like_a_credential("ghp_16C7e42F292c6912E7710c838347Ae178B4a"));
/// assert!(!looks_like_a_credential("npm_config_cache"));
/// ```
pub fn looks_like_a_credential(value: &str) -> bool {
    let value = value.trim_start();
    let Some(prefix) = PREFIXES.into_iter().find(|prefix| value.starts_with(prefix)) else { return false };
    match prefix {
        "-----BEGIN" => value.lines().next().is_some_and(|line| line.contains("PRIVATE KEY-----")),
        _ => value.len() > MIN_CHARACTERS && !value.contains(char::is_whitespace),
    }
}

#[cfg(test)]
mod tests {
    use super::PREFIXES;

    #[test]
    fn the_guide_about_variables_lists_all_prefixes() {
        let guide = include_str!("../../../docs/guides/variables.md");
        for prefix in PREFIXES {
            assert!(guide.contains(&format!("`{prefix}`")), "docs/guides/variables.md lacks {prefix}");
        }
    }
}
