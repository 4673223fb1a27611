//! The workspace as `cargo metadata` describes it.

use crate::process;
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;
use std::env;
use std::path::PathBuf;

/// The feature that compiles OpenSSL from source. It takes minutes and changes nothing else, so no step turns it on.
pub(crate) const VENDORED_TLS: &str = "vendored-tls";

/// The folders and crates of the workspace.
#[derive(Default, Deserialize)]
pub(crate) struct Workspace {
    #[serde(rename = "workspace_root")]
    pub(crate) root: PathBuf,
    /// The folder for generated files.
    #[serde(rename = "target_directory")]
    pub(crate) target: PathBuf,
    pub(crate) packages: Vec<Package>,
}

/// A crate of the workspace.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Package {
    pub(crate) name: String,
    pub(crate) version: String,
    /// The path of its Cargo.toml from the root, with `/`.
    #[serde(rename = "manifest_path")]
    pub(crate) manifest: String,
    pub(crate) rust_version: Option<String>,
    pub(crate) description: Option<String>,
    publish: Option<Vec<String>>,
    targets: Vec<Target>,
    features: BTreeMap<String, Vec<String>>,
    /// The table `package.metadata`.
    pub(crate) metadata: Value,
}

#[derive(Clone, Debug, Deserialize)]
struct Target {
    kind: Vec<String>,
}

impl Workspace {
    /// Asks cargo. Needs no network, because it leaves dependencies out.
    pub(crate) fn read() -> Result<Self, String> {
        let here = env::current_dir().map_err(|error| format!("cannot find the current folder: {error}"))?;
        let mut cargo = process::cargo(&here);
        Self::parse(&process::read(cargo.args(["metadata", "--format-version=1", "--locked", "--no-deps"]))?)
    }

    fn parse(metadata: &str) -> Result<Self, String> {
        let parsed = serde_json::from_str(metadata);
        let mut workspace: Self = parsed.map_err(|error| format!("cannot read cargo metadata: {error}"))?;
        let root = workspace.root.to_string_lossy().replace('\\', "/");
        for package in &mut workspace.packages {
            let manifest = package.manifest.replace('\\', "/");
            package.manifest = manifest.trim_start_matches(&root).trim_start_matches('/').to_owned();
        }
        Ok(workspace)
    }

    /// Lists the crates that go to the registry.
    pub(crate) fn published(&self) -> impl Iterator<Item = &Package> {
        self.packages.iter().filter(|package| package.is_published())
    }

    /// Lists the published crates that are libraries.
    pub(crate) fn libraries(&self) -> impl Iterator<Item = &Package> {
        self.published().filter(|package| package.is_library())
    }
}

impl Package {
    /// Returns whether the crate goes to the registry: cargo writes an empty list for `publish = false`.
    pub(crate) fn is_published(&self) -> bool {
        self.publish.as_ref().is_none_or(|registries| !registries.is_empty())
    }

    pub(crate) fn is_library(&self) -> bool {
        self.targets.iter().any(|target| target.kind.iter().any(|kind| kind == "lib"))
    }

    /// Returns the folder of its Cargo.toml from the root.
    pub(crate) fn folder(&self) -> &str {
        self.manifest.trim_end_matches("Cargo.toml").trim_end_matches('/')
    }

    /// Lists its features except [`VENDORED_TLS`].
    pub(crate) fn features(&self) -> impl Iterator<Item = &str> {
        self.features.keys().map(String::as_str).filter(|feature| *feature != VENDORED_TLS)
    }
}

/// Returns the features of several crates except [`VENDORED_TLS`], in cargo's form `crate/feature,crate/feature`.
pub(crate) fn features<'a>(packages: impl IntoIterator<Item = &'a Package>) -> String {
    let all = packages
        .into_iter()
        .flat_map(|package| package.features().map(move |feature| format!("{}/{feature}", package.name)));
    all.collect::<Vec<_>>().join(",")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_published_libraries_are_listed_and_no_feature_compiles_openssl() {
        let package = |name: &str, publish: Value| {
            serde_json::json!({
                "name": name, "version": "0.1.0", "manifest_path": format!("/w/crates/{name}/Cargo.toml"),
                "publish": publish, "targets": [{"kind": ["lib"]}], "metadata": null, "rust_version": "1.85",
                "features": {"default": [], VENDORED_TLS: []}, "description": null,
            })
        };
        let packages = [package("a", Value::Null), package("b", serde_json::json!([]))];
        let metadata =
            serde_json::json!({"workspace_root": "/w", "target_directory": "/t", "packages": packages});
        let workspace = Workspace::parse(&metadata.to_string()).unwrap();
        assert_eq!(workspace.packages[0].folder(), "crates/a");
        assert_eq!(workspace.libraries().map(|package| package.name.as_str()).collect::<Vec<_>>(), ["a"]);
        assert_eq!(features(&workspace.packages), "a/default,b/default");
    }
}
