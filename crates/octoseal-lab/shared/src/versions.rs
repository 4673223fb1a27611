//! The versions of the crates in this build, from its lock file.

const LOCK: &str = include_str!("../../Cargo.lock");

/// Returns the newest version of a crate in the lock file.
pub fn of(name: &str) -> String {
    let heading = format!("name = \"{name}\"");
    let behind = LOCK.lines().skip_while(|line| *line != heading);
    // Cargo sorts the versions of one crate. The newest is last.
    let mut lines: Vec<_> = behind.take_while(|line| !line.starts_with("name") || *line == heading).collect();
    lines.retain(|line| line.starts_with("version"));
    let version = lines.last().and_then(|line| line.split('"').nth(1));
    version.unwrap_or("of unknown version").to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_comes_from_the_lock_file() {
        assert_eq!(of("libsodium-sys"), "0.2.7"); // pinned by the manifest
        assert_eq!(of("octoseal-no-such-crate"), "of unknown version");
    }
}
