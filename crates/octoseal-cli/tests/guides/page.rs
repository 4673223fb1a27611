//! A page of Markdown as text, files and commands in their order.

use crate::compare::agree;
use std::collections::HashMap;

/// A page, cut into parts. The parts together are the text of the page.
#[derive(Debug)]
pub(crate) struct Page {
    pub(crate) parts: Vec<Part>,
}

#[derive(Debug)]
pub(crate) enum Part {
    /// Lines that do nothing, with the line end of the last one.
    Text(String),
    /// A preparation. Its text is in the `Text` before.
    Prepare(Step),
    Command(Command),
}

/// The preparations of a page for its commands.
#[derive(Debug, PartialEq)]
pub(crate) enum Step {
    /// Declares the emulator's world.
    World(String),
    /// Writes a file.
    File { name: String, text: String },
    /// Puts a program on the search path.
    Program { name: String, text: String },
    /// Runs shell code that the reader does not see.
    Setup(String),
}

/// A command with the output that the page shows.
#[derive(Debug)]
pub(crate) struct Command {
    /// The lines of shell code as shown, without the note about the exit code.
    pub(crate) code: String,
    /// The lines that the reader types, if the command runs at a terminal. The first command of a block has all of them.
    pub(crate) typed: Option<Vec<String>>,
    shown_exit_code: i32,
    shown: Vec<String>,
}

/// The result of a command.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) exit_code: i32,
    pub(crate) output: Vec<String>,
}

const EXIT_CODE: &str = "# exit code ";

impl Page {
    /// Cuts a page into its parts.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let mut parts = Vec::new();
        let mut lines = text.split_inclusive('\n').enumerate().peekable();
        while let Some((index, line)) = lines.next() {
            parts.push(Part::Text(line.to_owned()));
            let at = |problem: &str| format!("line {}: {problem}", index + 1);
            let mut until = |end: &dyn Fn(&str) -> bool| -> Result<Vec<&str>, String> {
                let mut body = Vec::new();
                loop {
                    match lines.next() {
                        Some((_, line)) if end(line.trim_end()) => return Ok(body),
                        Some((_, line)) => body.push(line),
                        None => return Err(at("this block does not end")),
                    }
                }
            };
            if let Some(info) = line.trim_end().strip_prefix("```") {
                let body = until(&|line| line == "```")?;
                match Fence::of(info) {
                    Fence::Run(typed) => {
                        commands(&body, typed, &mut parts).map_err(|problem| at(&problem))?;
                    }
                    Fence::File(name) => file(name, &body, &mut parts),
                    Fence::Shown => parts.push(Part::Text(body.concat())),
                }
                parts.push(Part::Text("```\n".to_owned()));
            } else if line.trim_start().starts_with("```console") {
                return Err(at("a console block may not be indented: its commands would not run"));
            } else if let Some((kind, name)) = comment(line) {
                let body = until(&|line| line == "-->")?.concat();
                parts.push(Part::Text(format!("{body}-->\n")));
                parts.push(Part::Prepare(step(kind, name, body).map_err(|problem| at(&problem))?));
            }
        }
        Ok(Self { parts })
    }

    pub(crate) fn commands(&self) -> impl Iterator<Item = &Command> {
        self.parts.iter().filter_map(|part| match part {
            Part::Command(command) => Some(command),
            _ => None,
        })
    }

    /// Returns the text of the page, with the output of each command that the page does not show as it is.
    pub(crate) fn with(&self, results: &[Ran]) -> String {
        let mut results = results.iter();
        let text = self.parts.iter().map(|part| match part {
            Part::Text(text) => text.clone(),
            Part::Prepare(_) => String::new(),
            Part::Command(command) => command.with(results.next().unwrap()),
        });
        text.collect()
    }
}

impl Command {
    /// Returns the code without the prompts of its further lines.
    pub(crate) fn shell(&self) -> String {
        self.code.replace("\n> ", "\n")
    }

    fn with(&self, ran: &Ran) -> String {
        let note = match ran.exit_code {
            0 => String::new(),
            code => format!("  {EXIT_CODE}{code}"),
        };
        let same = ran.exit_code == self.shown_exit_code && agree(&self.shown, &ran.output);
        let output = if same { &self.shown } else { &ran.output };
        format!(
            "$ {}{note}\n{}",
            self.code,
            output.iter().map(|line| format!("{line}\n")).collect::<String>()
        )
    }
}

/// The meaning of the words after the three backticks.
enum Fence<'a> {
    Run(Option<Vec<String>>),
    File(&'a str),
    Shown,
}

impl<'a> Fence<'a> {
    fn of(info: &'a str) -> Self {
        let attribute = |name: &str| info.split_once(name)?.1.strip_prefix("=\"")?.strip_suffix('"');
        let typed = attribute(" type").map(|lines| lines.split(", ").map(str::to_owned).collect());
        match attribute(" title") {
            Some(name) => Self::File(name),
            None if info == "console" || typed.is_some() => Self::Run(typed),
            None => Self::Shown,
        }
    }
}

fn file(name: &str, body: &[&str], parts: &mut Vec<Part>) {
    let text = body.concat();
    parts.push(Part::Text(text.clone()));
    parts.push(Part::Prepare(Step::File { name: name.to_owned(), text }));
}

/// Adds the commands of a block, each with the output after it.
fn commands(body: &[&str], mut typed: Option<Vec<String>>, parts: &mut Vec<Part>) -> Result<(), String> {
    let mut lines = body.iter().map(|line| line.trim_end_matches('\n')).peekable();
    while let Some(line) = lines.next() {
        let mut code = line.strip_prefix("$ ").ok_or("a console block begins with `$ `")?.to_owned();
        while code.ends_with('\\') || lines.peek().is_some_and(|line| line.starts_with("> ")) {
            code.push('\n');
            code.push_str(lines.next().ok_or("a command ends with a backslash")?);
        }
        let shown_exit_code = match code.rsplit_once(EXIT_CODE) {
            Some((before, number)) => {
                let number = number.parse().map_err(|_| format!("`{EXIT_CODE}` needs a number"))?;
                code = before.trim_end().to_owned();
                number
            }
            None => 0,
        };
        let mut shown = Vec::new();
        while let Some(line) = lines.next_if(|line| !line.starts_with("$ ")) {
            shown.push(line.to_owned());
        }
        parts.push(Part::Command(Command { code, typed: typed.clone(), shown_exit_code, shown }));
        typed.iter_mut().for_each(Vec::clear);
    }
    Ok(())
}

/// Returns the kind of an HTML comment's preparation, and a name.
fn comment(line: &str) -> Option<(&str, &str)> {
    let line = line.trim_end();
    let (kind, name) = line.strip_prefix("<!-- ")?.split_once(':')?;
    (!line.ends_with("-->")).then_some((kind, name.trim()))
}

fn step(kind: &str, name: &str, body: String) -> Result<Step, String> {
    let steps: HashMap<&str, fn(String, String) -> Step> = HashMap::from([
        ("world", (|_, text| Step::World(text)) as fn(String, String) -> Step),
        ("file", |name, text| Step::File { name, text }),
        ("program", |name, text| Step::Program { name, text }),
        ("setup", |_, text| Step::Setup(text)),
    ]);
    let step = steps.get(kind).ok_or_else(|| format!("a comment cannot prepare `{kind}`"))?;
    match name.is_empty() == ["world", "setup"].contains(&kind) {
        true => Ok(step(name.to_owned(), body)),
        false => {
            Err(format!("`{kind}:` is followed by a name, `world:` and `setup:` by the end of the line"))
        }
    }
}
