//! Where everything comes from: cargo-deny with the advisories, and the list of parts.

use super::folder;
use super::packed::unpacked;
use crate::command;
use crate::runner::Outcome;
use crate::tools;
use crate::workspace::Workspace;
use serde_json::Value;
use std::fs;

/// Where the lists of parts go, under the target folder.
const SBOM: &str = "sbom";

/// All checks of cargo-deny. Without the network there is no database of advisories; that is told and no failure.
pub(super) fn deny(workspace: &Workspace) -> Result<Outcome, String> {
    let mut cargo = tools::DENY.cargo(workspace)?;
    command::run(cargo.args(["deny", "--locked", "check", "bans", "licenses", "sources"]))?;
    let mut fetch = tools::DENY.cargo(workspace)?;
    if let Err(error) = command::read(fetch.args(["deny", "fetch", "db"])) {
        let reason = error.lines().last().unwrap_or_default().trim().to_owned();
        return Ok(Outcome::Skipped(format!("the database of advisories cannot be had: {reason}")));
    }
    let mut cargo = tools::DENY.cargo(workspace)?;
    command::run(cargo.args(["deny", "--locked", "--offline", "check", "advisories"]))?;
    Ok(Outcome::Passed)
}

/// Lists what the command is made of, from what was packed, so that no path of this machine is in it.
pub(super) fn sbom(workspace: &Workspace) -> Result<Outcome, String> {
    let name = "octoseal-cli";
    let package = workspace.packages.iter().find(|package| package.name == name);
    let version = &package.ok_or_else(|| format!("there is no crate {name}"))?.version;
    let crate_folder = unpacked(workspace)?.join(format!("{name}-{version}"));
    let file = format!("{name}-{version}.cdx");
    let mut cargo = tools::CYCLONEDX.cargo(workspace)?;
    cargo.env("CARGO_TARGET_DIR", folder(workspace).join("build"));
    cargo.args(["cyclonedx", "--format", "json", "--spec-version", "1.5", "--override-filename", &file]);
    command::run(cargo.arg("--manifest-path").arg(crate_folder.join("Cargo.toml")))?;
    let text = fs::read_to_string(crate_folder.join(format!("{file}.json")))
        .map_err(|error| format!("{file}.json: {error}"))?;
    let parts = parts(&text, &workspace.target.to_string_lossy())?;
    let place = workspace.target.join(SBOM);
    let tell = |error| format!("{}: {error}", place.display());
    fs::create_dir_all(&place).map_err(tell)?;
    fs::write(place.join(format!("{file}.json")), text).map_err(tell)?;
    println!("{} parts: {}", parts, place.join(format!("{file}.json")).display());
    Ok(Outcome::Passed)
}

/// How many parts are listed; a list of none, or one that names a folder of this machine, is refused.
fn parts(text: &str, here: &str) -> Result<usize, String> {
    let list: Value = serde_json::from_str(text).map_err(|error| format!("the list of parts: {error}"))?;
    let parts = list.get("components").and_then(Value::as_array).map_or(0, Vec::len);
    if list.get("bomFormat").and_then(Value::as_str) != Some("CycloneDX") || parts == 0 {
        return Err("the list of parts is empty or not CycloneDX".to_owned());
    }
    match text.contains(here) {
        false => Ok(parts),
        true => Err(format!("the list of parts names the folder {here}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_of_parts_is_cyclonedx_and_not_empty() {
        let list =
            |format: &str, parts: &str| format!(r#"{{"bomFormat":"{format}","components":[{parts}]}}"#);
        assert_eq!(parts(&list("CycloneDX", "{},{}"), "/here"), Ok(2));
        assert!(parts(&list("CycloneDX", ""), "/here").is_err());
        assert!(parts(&list("SPDX", "{}"), "/here").is_err());
        assert!(parts(&list("CycloneDX", r#""/here/a""#), "/here").is_err());
        assert!(parts("no", "/here").is_err());
    }
}
