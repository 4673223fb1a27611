//! `bench crypto`: sealing, measured against libsodium called from C and against what others seal with.

use super::runtimes;
use crate::command;
use crate::workspace::Workspace;
use std::process::Command;

/// The two builds: each has a folder, and features with one of our backends.
const BUILDS: [(&str, &str); 2] = [("native", "libsodium,peers"), ("pure", "rustcrypto")];

/// What would put another libsodium in the place of the bundled one.
const SODIUM: [&str; 3] = ["SODIUM_LIB_DIR", "SODIUM_SHARED", "SODIUM_USE_PKG_CONFIG"];

pub(super) fn run(workspace: &Workspace) -> Result<String, String> {
    let folder = workspace.target.join("bench");
    for (name, features) in BUILDS {
        let mut cargo = super::build(workspace, "crypto", &folder.join(name));
        for variable in SODIUM {
            cargo.env_remove(variable);
        }
        command::run(cargo.args(["--features", features]))?;
    }
    runtimes::prepare(&workspace.root, &folder);
    super::read(Command::new(folder.join("native").join("release").join("crypto")).arg(folder))
}
