//! `octoseal demo`: shows the main features against the embedded emulator, which records every request.

mod scenes;
mod stage;

use crate::output::{ExitCode, Failure, Output};
use octoseal::{Error, GitHub};
use octoseal_emulator::Emulator;
use serde_json::{Value, json};
use stage::{Scene, Stage};

pub(crate) async fn run(output: Output) -> Result<(), Failure> {
    let emulator = Emulator::start().await?;
    let url = emulator.url();
    let connect = |token: &str| GitHub::builder().token(token).api_url(&url).build();
    if !output.json {
        output.line(&format!("The emulator listens at {url}; nothing leaves this machine.\n"))?;
    }
    let tell = |scene: &Scene, number| if output.json { Ok(()) } else { output.line(&text(number, scene)) };
    let scenes = perform(&emulator, connect, tell).await?;
    if output.json {
        let scenes: Vec<Value> = scenes.iter().map(data).collect();
        output.line(&json!({ "url": url, "scenes": scenes }).to_string())?;
    }
    verdict(&scenes)
}

/// Plays every scene, and prints each one when it ends.
async fn perform(
    emulator: &Emulator,
    connect: impl Fn(&str) -> Result<GitHub, Error>,
    tell: impl Fn(&Scene, usize) -> Result<(), Failure>,
) -> Result<Vec<Scene>, Failure> {
    let mut stage = Stage::new(emulator, connect)?;
    let mut scenes = Vec::new();
    for number in 0..scenes::COUNT {
        let scene = scenes::play(number, &mut stage).await;
        tell(&scene, number + 1)?;
        scenes.push(scene);
    }
    Ok(scenes)
}

/// Fails if a scene failed.
fn verdict(scenes: &[Scene]) -> Result<(), Failure> {
    match scenes.iter().filter(|scene| !scene.faults.is_empty()).count() {
        0 => Ok(()),
        failed => {
            Err(Failure::new(ExitCode::Failed, format!("{failed} of {} scenes went wrong", scenes.len())))
        }
    }
}

fn text(number: usize, scene: &Scene) -> String {
    let mut text = format!("{number}. {}\n", scene.title);
    for line in &scene.lines {
        text.push_str(&format!("     {line}\n"));
    }
    for fault in &scene.faults {
        text.push_str(&format!("     WRONG: {fault}\n"));
    }
    text
}

fn data(scene: &Scene) -> Value {
    json!({ "title": scene.title, "lines": scene.lines, "faults": scene.faults })
}

#[cfg(test)]
mod tests;
