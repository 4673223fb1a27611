//! `octoseal completions` and `octoseal man`: completions and manual pages, generated from the arguments.

use crate::arguments::{Arguments, Completions, Man};
use crate::files;
use crate::output::{ExitCode, Failure, Output};

pub(crate) fn completions(Completions { shell }: Completions, output: Output) -> Result<(), Failure> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Arguments::grammar(), "octoseal", &mut script);
    output.line(String::from_utf8_lossy(&script).trim_end())
}

pub(crate) fn man(Man { write_to }: Man, output: Output) -> Result<(), Failure> {
    let grammar = Arguments::grammar();
    if let Some(directory) = write_to {
        let written = clap_mangen::generate_to(grammar, &directory);
        return written.map_err(|error| files::unwritable(&directory, error));
    }
    let mut page = Vec::new();
    let rendered = clap_mangen::Man::new(grammar).render(&mut page);
    rendered.map_err(|error| Failure::new(ExitCode::Failed, "cannot make the manual page").because(error))?;
    output.line(String::from_utf8_lossy(&page).trim_end())
}
