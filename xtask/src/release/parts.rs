//! The step `parts`: the list of the command's parts (software bill of materials) as `CycloneDX`.

use super::{checkout, folder};
use crate::runner::Outcome;
use crate::workspace::Workspace;
use crate::{files, process, tools};
use serde_json::Value;

const COMMAND: &str = "octoseal-cli";

/// Lists the parts in a copy of the project, and removes the names of its folders.
pub(super) fn run(workspace: &Workspace) -> Result<Outcome, String> {
    let copy = checkout(workspace, "parts")?;
    let package = workspace.packages.iter().find(|package| package.name == COMMAND);
    let package = package.ok_or_else(|| format!("the crate {COMMAND} is missing"))?;
    let (crate_folder, file) = (copy.join(package.folder()), format!("{COMMAND}-{}.cdx", package.version));
    let mut cargo = tools::CYCLONEDX.cargo(workspace)?;
    cargo.env("CARGO_TARGET_DIR", folder(workspace).join("build"));
    cargo.args(["cyclonedx", "--format", "json", "--spec-version", "1.5", "--override-filename", &file]);
    process::run(cargo.arg("--manifest-path").arg(crate_folder.join("Cargo.toml")))?;
    let text = files::read(crate_folder.join(format!("{file}.json")))?;
    let text = without_folders(&text, &copy.to_string_lossy());
    let list: Value = serde_json::from_str(&text).map_err(|error| format!("{file}.json: {error}"))?;
    let parts = count(&list, &copy.to_string_lossy())?;
    let published = workspace.target.join("sbom").join(format!("{file}.json"));
    files::write(&published, &format!("{list:#}\n"))?;
    println!("{parts} parts: {}", published.display());
    Ok(Outcome::Passed)
}

/// Removes the names of folders, which users do not have.
fn without_folders(list: &str, folder: &str) -> String {
    let list = list.replace(&format!("path+file://{folder}/"), "");
    let mut parts = list.split("?download_url=file://");
    let first = parts.next().unwrap_or_default().to_owned();
    // A URL ends at the path inside the crate, or at the end of the string.
    parts.fold(first, |text, part| text + part.trim_start_matches(|c| c != '#' && c != '"'))
}

/// Counts the parts. Refuses an empty list, and one that names a folder of this machine.
fn count(list: &Value, folder: &str) -> Result<usize, String> {
    let parts = list.get("components").and_then(Value::as_array).map_or(0, Vec::len);
    if list.get("bomFormat").and_then(Value::as_str) != Some("CycloneDX") || parts == 0 {
        return Err("the list of parts is empty or not CycloneDX".to_owned());
    }
    match list.to_string().contains(folder) {
        false => Ok(parts),
        true => Err(format!("the list of parts names the folder {folder}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_list_of_parts_is_cyclonedx_not_empty_and_names_no_folder() {
        let list = |format: &str, parts: Value| json!({ "bomFormat": format, "components": parts });
        let count = |format: &str, parts: Value| count(&list(format, parts), "/here");
        assert_eq!(count("CycloneDX", json!([{}, {}])), Ok(2));
        assert!(count("CycloneDX", json!([])).is_err());
        assert!(count("SPDX", json!([{}])).is_err());
        assert!(count("CycloneDX", json!(["/here/a"])).is_err());
    }

    #[test]
    fn our_crates_are_named_without_their_folders() {
        let list = r#"["path+file:///here/crates/a#1", "a@1?download_url=file://../a#src/b.rs", "a@1?download_url=file://."]"#;
        assert_eq!(without_folders(list, "/here"), r#"["crates/a#1", "a@1#src/b.rs", "a@1"]"#);
    }
}
