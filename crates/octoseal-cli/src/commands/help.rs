//! `octoseal help`: the help of a command, or the text of a topic.

use crate::arguments::{Arguments, Help, TOPICS, topic};
use crate::output::{Failure, Output};

pub(crate) fn run(Help { words }: Help, output: Output) -> Result<(), Failure> {
    if let Some(text) = words.first().and_then(|word| topic(word)) {
        return output.line(&text);
    }
    let mut grammar = Arguments::grammar();
    grammar.build();
    let mut command = &mut grammar;
    for word in &words {
        command = command.find_subcommand_mut(word).ok_or_else(unknown)?;
    }
    output.line(command.render_long_help().to_string().trim_end())
}

fn unknown() -> Failure {
    Failure::usage("there is no such command or topic")
        .hint(format!("octoseal --help lists the commands; the topics are {TOPICS}"))
        .argument("COMMAND")
}
