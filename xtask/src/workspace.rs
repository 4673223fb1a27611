//! What cargo says about the workspace: its folders, its crates, their features and dependencies.

use crate::{command, manifest};
use serde_json::Value;
use std::env;
use std::fs;
use std::path::PathBuf;

/// The workspace as `cargo metadata` describes it.
#[derive(Default)]
pub(crate) struct Workspace {
    pub(crate) root: PathBuf,
    /// Where everything goes that is made here and may be deleted.
    pub(crate) target: PathBuf,
    pub(crate) packages: Vec<Package>,
    /// The `rust-version` of the root manifest: the oldest compiler that must do.
    pub(crate) rust_version: String,
}

/// One crate of the workspace.
#[derive(Clone, Debug, Default)]
pub(crate) struct Package {
    pub(crate) name: String,
    /// The path of its Cargo.toml, from the root, with `/`.
    pub(crate) manifest: String,
    pub(crate) version: String,
    /// Whether it goes to the registry.
    pub(crate) published: bool,
    /// Whether others can build on it.
    pub(crate) library: bool,
    pub(crate) features: Vec<String>,
    pub(crate) dependencies: Vec<Dependency>,
}

/// One dependency of a crate, ours or foreign.
#[derive(Clone, Debug, Default)]
pub(crate) struct Dependency {
    pub(crate) name: String,
    /// Whether only tests, benches and examples see it.
    pub(crate) dev: bool,
}

impl Workspace {
    /// Asks cargo. Reads no lock file's packages, so the network is never needed.
    ///
    /// # Errors
    ///
    /// If cargo refuses (a broken manifest), or its answer has not the documented form.
    pub(crate) fn read() -> Result<Self, String> {
        let here = env::current_dir().map_err(|error| format!("no current folder: {error}"))?;
        let mut ask = command::cargo(&here);
        ask.args(["metadata", "--format-version", "1", "--locked", "--no-deps"]);
        let answer: Value = serde_json::from_str(&command::read(&mut ask)?)
            .map_err(|error| format!("cargo metadata printed no JSON: {error}"))?;
        let root = PathBuf::from(text(&answer, "workspace_root")?);
        let root_manifest = fs::read_to_string(root.join("Cargo.toml"))
            .map_err(|error| format!("the root Cargo.toml cannot be read: {error}"))?;
        let rust_version = manifest::value(&root_manifest, "workspace.package", "rust-version")
            .ok_or("the root Cargo.toml has no rust-version under [workspace.package]")?;
        Ok(Self {
            target: PathBuf::from(text(&answer, "target_directory")?),
            packages: packages(&answer, &root.to_string_lossy())?,
            root,
            rust_version,
        })
    }
}

fn packages(answer: &Value, root: &str) -> Result<Vec<Package>, String> {
    list(answer, "packages")?
        .iter()
        .map(|package| {
            let manifest = text(package, "manifest_path")?.replace('\\', "/");
            let root = root.replace('\\', "/");
            let features = package.get("features").and_then(Value::as_object);
            Ok(Package {
                name: text(package, "name")?,
                manifest: manifest.trim_start_matches(&root).trim_start_matches('/').to_owned(),
                version: text(package, "version")?,
                // Null is everywhere, an empty list is nowhere.
                published: package.get("publish").is_none_or(Value::is_null),
                library: list(package, "targets")?.iter().any(is_library),
                features: features.map(|map| map.keys().cloned().collect()).unwrap_or_default(),
                dependencies: dependencies(package)?,
            })
        })
        .collect()
}

fn is_library(target: &Value) -> bool {
    target.get("kind").and_then(Value::as_array).is_some_and(|kinds| kinds.iter().any(|kind| kind == "lib"))
}

fn dependencies(package: &Value) -> Result<Vec<Dependency>, String> {
    list(package, "dependencies")?
        .iter()
        .map(|dependency| {
            Ok(Dependency {
                name: text(dependency, "name")?,
                dev: dependency.get("kind").and_then(Value::as_str) == Some("dev"),
            })
        })
        .collect()
}

fn text(value: &Value, field: &str) -> Result<String, String> {
    let found = value.get(field).and_then(Value::as_str).map(str::to_owned);
    found.ok_or_else(|| format!("cargo metadata has no text `{field}`"))
}

fn list<'a>(value: &'a Value, field: &str) -> Result<&'a Vec<Value>, String> {
    let found = value.get(field).and_then(Value::as_array);
    found.ok_or_else(|| format!("cargo metadata has no list `{field}`"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_package_keeps_its_features_and_the_kind_of_each_dependency() {
        let answer = serde_json::json!({"packages": [{
            "name": "octoseal", "manifest_path": "/w/crates/octoseal/Cargo.toml", "features": {"default": []},
            "version": "0.1.0", "publish": null, "targets": [{"kind": ["lib"]}],
            "dependencies": [{"name": "http", "kind": null}, {"name": "octoseal-emulator", "kind": "dev"}],
        }]});
        let packages = packages(&answer, "/w").unwrap();
        assert_eq!(packages[0].manifest, "crates/octoseal/Cargo.toml");
        assert_eq!(packages[0].features, ["default"]);
        assert!(packages[0].published && packages[0].library);
        let kinds: Vec<_> = packages[0].dependencies.iter().map(|one| one.dev).collect();
        assert_eq!(kinds, [false, true]);
    }

    #[test]
    fn an_answer_of_another_form_is_refused() {
        let message = packages(&serde_json::json!({}), "/w").unwrap_err();
        assert_eq!(message, "cargo metadata has no list `packages`");
    }
}
