//! The form of tokens, to recognize one in a place where it would be visible.

/// The prefixes of well-known tokens of letters, digits and underscores. Names are compared in upper case.
const PREFIXES: &[&str] = &[
    "GHP_",
    "GHO_",
    "GHU_",
    "GHS_",
    "GHR_",
    "GITHUB_PAT_",
    "NPM_",
    "SK_LIVE_",
    "SK_TEST_",
    "RK_LIVE_",
    "PK_LIVE_",
    "HF_",
    "DOP_V1_",
    "SHPAT_",
    "AIZA",
    "AKIA",
    "ASIA",
    "GLPAT_",
    "PYPI_",
    "EYJ",
    "XOXB",
    "DCKR_PAT_",
    "LIN_API_",
];

/// Those of GitHub, whose tokens have 36 characters after the prefix.
const GITHUB: &[&str] = &["GHP_", "GHO_", "GHU_", "GHS_", "GHR_"];

fn is_one_long_word(rest: &str) -> bool {
    rest.len() >= 30 && rest.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

/// In characters. Names consist of words, and words are shorter.
const LONGEST_WORD: usize = 16;

/// Returns whether a word has the form of a well-known token. Other words may be names of repositories.
pub(crate) fn has_token_prefix(word: &str) -> bool {
    let word = word.to_ascii_uppercase();
    let rest = PREFIXES.iter().find_map(|prefix| word.strip_prefix(prefix));
    rest.is_some_and(|rest| {
        rest.split(['_', '-', '.'])
            .any(|part| part.len() >= LONGEST_WORD && part.bytes().any(|byte| byte.is_ascii_digit()))
    })
}

/// Returns whether a word looks like a token. GitHub stores names in upper case, so the case of a token may
/// be lost.
pub(crate) fn looks_like_a_token(name: &str) -> bool {
    let name = name.to_ascii_uppercase();
    if GITHUB.iter().any(|prefix| name.strip_prefix(prefix).is_some_and(is_one_long_word)) {
        return true;
    }
    let is_random = |word: &str| {
        let digits = word.bytes().filter(u8::is_ascii_digit).count();
        word.len() > LONGEST_WORD && digits >= 3 && digits < word.len()
    };
    let rest = PREFIXES
        .iter()
        .find_map(|prefix| name.strip_prefix(prefix))
        .filter(|rest| rest.len() >= LONGEST_WORD);
    let has_digit_and_no_word = |rest: &str| {
        rest.split('_')
            .any(|word| word.len() >= LONGEST_WORD && word.bytes().any(|byte| byte.is_ascii_digit()))
    };
    rest.is_some_and(has_digit_and_no_word) || name.split('_').any(is_random)
}

#[cfg(test)]
mod tests {
    use super::looks_like_a_token;

    #[test]
    fn tokens_are_recognized_and_names_are_not() {
        for token in [
            "ghp_16C7e42F292c6912E7710c838347Ae178B4a",
            "GITHUB_PAT_11ABCDEFG0123456789_abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMNOPQRSTUV",
            "npm_aB3dE5fG7hI9jK1lM3nO5pQ7rS9tU1vW3xY5",
            "AKIAIOSFODNN7EXAMPLE",
            "sk_live_4eC39HqLyjWDarjtT1zdp7dc",
            "d41d8cd98f00b204e9800998ecf8427e",
            "ghp_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        ] {
            assert!(looks_like_a_token(token), "{token}");
        }
        for name in [
            "NPM_TOKEN",
            "NPM_AUTHENTICATION_TOKEN",
            "AWS_SECRET_ACCESS_KEY",
            "GHP_TOKEN_FOR_RELEASES",
            "DATABASE_URL_2024_11_29",
            "KUBERNETESCONFIGURATION",
            "APPLE_DEVELOPER_ID_APPLICATION_CERTIFICATE_P12",
            "SERVICE_20240101000000000",
            "SK_TEST_ENVIRONMENT_KEY",
        ] {
            assert!(!looks_like_a_token(name), "{name}");
        }
    }
}
