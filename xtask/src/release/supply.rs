//! Where everything comes from: cargo-deny with the advisories, and the list of parts.

use super::folder;
use super::packed::unpacked;
use crate::command;
use crate::runner::Outcome;
use crate::tools;
use crate::workspace::Workspace;
use serde_json::Value;
use std::fs;

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
    let listed = crate_folder.join(format!("{file}.json"));
    let text = fs::read_to_string(&listed).map_err(|error| format!("{}: {error}", listed.display()))?;
    let mut list: Value = serde_json::from_str(&text).map_err(|error| format!("{file}.json: {error}"))?;
    let packed = crate_folder.parent().unwrap_or(&crate_folder).to_string_lossy().into_owned();
    publish(&mut list, &format!("path+file://{packed}/"));
    let parts = parts(&list, &packed)?;
    let place = workspace.target.join("sbom").join(format!("{file}.json"));
    let tell = |error| format!("{}: {error}", place.display());
    fs::create_dir_all(workspace.target.join("sbom")).map_err(tell)?;
    fs::write(&place, format!("{list:#}\n")).map_err(tell)?;
    println!("{parts} parts: {}", place.display());
    Ok(Outcome::Passed)
}

/// Names our crates as those that the registry will have, not by where they were unpacked.
fn publish(value: &mut Value, folder: &str) {
    match value {
        Value::String(text) => {
            *text = text.replace(folder, "");
            if let Some((package, rest)) = text.split_once("?download_url=file://") {
                let inside = rest.split_once('#').map(|(_, inside)| format!("#{inside}"));
                *text = format!("{package}{}", inside.unwrap_or_default());
            }
        }
        Value::Array(list) => list.iter_mut().for_each(|value| publish(value, folder)),
        Value::Object(map) => map.values_mut().for_each(|value| publish(value, folder)),
        _ => {}
    }
}

/// How many parts are listed; a list of none, or one that names a folder of this machine, is refused.
fn parts(list: &Value, here: &str) -> Result<usize, String> {
    let parts = list.get("components").and_then(Value::as_array).map_or(0, Vec::len);
    if list.get("bomFormat").and_then(Value::as_str) != Some("CycloneDX") || parts == 0 {
        return Err("the list of parts is empty or not CycloneDX".to_owned());
    }
    match list.to_string().contains(here) {
        false => Ok(parts),
        true => Err(format!("the list of parts names the folder {here}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_list_of_parts_is_cyclonedx_and_not_empty() {
        let parts = |format: &str, parts: Value| {
            super::parts(&json!({ "bomFormat": format, "components": parts }), "/here")
        };
        assert_eq!(parts("CycloneDX", json!([{}, {}])), Ok(2));
        assert!(parts("CycloneDX", json!([])).is_err());
        assert!(parts("SPDX", json!([{}])).is_err());
        assert!(parts("CycloneDX", json!(["/here/a"])).is_err());
    }

    #[test]
    fn our_crates_are_named_as_in_the_registry() {
        let mut list = json!([
            "path+file:///here/a-1#a@1",
            { "purl": "pkg:cargo/a@1?download_url=file://../a-1#src/main.rs" },
            "pkg:cargo/a@1?download_url=file://.",
        ]);
        publish(&mut list, "path+file:///here/");
        assert_eq!(list, json!(["a-1#a@1", { "purl": "pkg:cargo/a@1#src/main.rs" }, "pkg:cargo/a@1"]));
    }
}
