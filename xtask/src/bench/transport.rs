//! `bench transport`: carrying, measured against what it stands on and against what others carry with.

use crate::command;
use crate::workspace::Workspace;
use std::process::Command;

pub(super) fn run(workspace: &Workspace) -> Result<String, String> {
    let folder = workspace.target.join("bench").join("transport");
    command::run(&mut super::build(workspace, "transport", &folder))?;
    super::read(&mut Command::new(folder.join("release").join("transport")))
}
