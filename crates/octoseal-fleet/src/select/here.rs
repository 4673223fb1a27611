//! `.`: the repository of the caller.

use super::error::SelectError;
use octoseal::Repository;

/// Replaces a leading `.` segment with the repository.
pub(super) fn resolve(text: &str, here: Option<&Repository>) -> Result<Option<String>, SelectError> {
    let rest = match text.strip_prefix('.') {
        Some(rest) if rest.is_empty() || rest.starts_with('/') => rest,
        _ => return Ok(None),
    };
    let repository = here.ok_or(SelectError::NoRepositoryHere)?;
    Ok(Some(format!("{repository}{}", rest.trim_end_matches('/'))))
}
