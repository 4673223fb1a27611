//! Shorthand for stores.

use super::braces;
use super::error::SelectError;
use super::pattern::{Exclusion, StorePattern, is_pattern};
use super::{here, url};
use octoseal::{AnyStore, Family, Organization, Repository};

/// The meaning of a text.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Word {
    /// One named store.
    Store(AnyStore),
    /// All stores that match.
    Pattern(StorePattern),
    /// An exclusion of stores.
    Exclusion(Exclusion),
}

/// The context in which a text is read.
#[derive(Clone, Copy, Debug)]
pub struct Reading<'a> {
    /// The repository that `.` stands for.
    pub here: Option<&'a Repository>,
    /// The host of GitHub's website, such as `github.com`.
    pub host: &'a str,
    /// Whether `.` alone means all families, as for reading. Otherwise it means Actions.
    pub here_is_all_families: bool,
}

/// Reads one text. Braces make several words of it.
///
/// # Errors
///
/// If the text is neither a store nor a pattern.
///
/// # Examples
///
/// ```
/// use octoseal_fleet::select::{Reading, Word, parse};
///
/// let reading = Reading { here: None, host: "github.com", here_is_all_families: false };
/// let words = parse("acme/{api,web}/dependabot", &reading)?;
/// assert!(matches!(&words[..], [Word::Store(_), Word::Store(web)] if web.to_string() == "repos/acme/web/dependabot"));
/// let words = parse("acme/*/actions", &reading)?;
/// assert!(matches!(&words[..], [Word::Pattern(_)]));
/// # Ok::<(), octoseal_fleet::select::SelectError>(())
/// ```
pub fn parse(text: &str, reading: &Reading<'_>) -> Result<Vec<Word>, SelectError> {
    if text.starts_with('@') {
        return Err(SelectError::Group);
    }
    if let Some(excluded) = text.strip_prefix('!') {
        let texts = braces::expand(&resolved(excluded, reading)?)?;
        return texts.iter().map(|text| Exclusion::read(text).map(Word::Exclusion)).collect();
    }
    let text = match text.trim_end_matches('/') {
        "." if reading.here_is_all_families => "./*",
        text => text,
    };
    braces::expand(&resolved(text, reading)?)?.iter().map(|text| one(text)).collect()
}

fn resolved(text: &str, reading: &Reading<'_>) -> Result<String, SelectError> {
    if let Some(text) = url::read(text, reading.host)? {
        return Ok(text);
    }
    Ok(here::resolve(text, reading.here)?.unwrap_or_else(|| text.to_owned()))
}

fn one(text: &str) -> Result<Word, SelectError> {
    let parts: Vec<&str> = text.split('/').collect();
    let repository = match parts[..] {
        ["user", ..] => return Ok(Word::Store(text.parse()?)),
        ["users", ..] => {
            return Err(SelectError::NotAStore { suggestion: Some("user/codespaces".to_owned()) });
        }
        ["orgs", login, family] if is_pattern(login) || is_pattern(family) => {
            return Err(if is_pattern(login) { SelectError::OwnerPattern } else { suggest_families(login) });
        }
        ["orgs", ..] => {
            let store = text.parse::<AnyStore>();
            return store.map(Word::Store).map_err(|error| near_miss(&parts).unwrap_or(error.into()));
        }
        ["repos", ref rest @ ..] if rest.len() > 1 => rest,
        ref parts => parts,
    };
    let full = match *repository {
        [owner, name] => {
            if parts.len() == 2 {
                ambiguous(owner, name)?;
            }
            // As an address of git ends. GitHub gives no repository such a name.
            vec![owner, name.strip_suffix(".git").filter(|name| !name.is_empty()).unwrap_or(name), "actions"]
        }
        ref parts => parts.to_vec(),
    };
    if let Some(near_miss) = near_miss(&full) {
        return Err(near_miss);
    }
    if full.iter().any(|part| is_pattern(part)) {
        return StorePattern::read(&full).map(Word::Pattern);
    }
    Ok(Word::Store(format!("repos/{}", full.join("/")).parse()?))
}

/// Suggests the four families of an organization, which must be named, not matched.
fn suggest_families(login: &str) -> SelectError {
    let suggestion = Organization::new(login)
        .ok()
        .map(|_| format!("orgs/{login}/{{actions,agents,codespaces,dependabot}}"));
    SelectError::NotAStore { suggestion }
}

/// Refuses an ambiguous text: `acme/dependabot` can be a store of the organization acme, or a repository of
/// that name.
fn ambiguous(owner: &str, name: &str) -> Result<(), SelectError> {
    let family = Family::ALL.iter().find(|family| family.as_str().eq_ignore_ascii_case(name));
    match family {
        Some(family) if Repository::new(owner, name).is_ok() => Err(SelectError::Ambiguous {
            organization: format!("orgs/{owner}/{}", family.as_str()),
            repository: format!("repos/{owner}/{name}/actions"),
        }),
        _ => Ok(()),
    }
}

/// Common wrong words for parts of a store.
const NEAR_MISSES: &[(&str, &str)] = &[
    ("action", "actions"),
    ("agent", "agents"),
    ("codespace", "codespaces"),
    ("dependabots", "dependabot"),
    ("env", "environments"),
    ("envs", "environments"),
    ("environment", "environments"),
];

/// Suggests the store that was probably meant, if one word is nearly right.
fn near_miss(parts: &[&str]) -> Option<SelectError> {
    let (first, rest) = parts.split_first()?;
    let first = match *first {
        "repo" | "repository" | "repositories" if rest.len() > 1 => "repos",
        "org" | "organization" | "organizations" if rest.len() == 2 => "orgs",
        first => first,
    };
    // The position of the family, or of the word `environments`, after the first part.
    let place = if first == "repos" { 2 } else { 1 };
    let corrected = rest.iter().enumerate().map(|(index, part)| {
        let is_wrong = |wrong: &str| index == place && part.eq_ignore_ascii_case(wrong);
        NEAR_MISSES.iter().find(|(wrong, _)| is_wrong(wrong)).map_or(*part, |(_, right)| *right)
    });
    let text = [first].into_iter().chain(corrected).collect::<Vec<_>>().join("/");
    if text == parts.join("/") {
        return None;
    }
    let suggestion = match one(&text) {
        Ok(Word::Store(store)) => Some(store.to_string()),
        _ => None,
    };
    Some(SelectError::NotAStore { suggestion })
}

#[cfg(test)]
mod tests;
