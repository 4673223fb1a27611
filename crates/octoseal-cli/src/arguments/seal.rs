//! The arguments of `seal`.

use super::input::{INPUT_OPTIONS, InputOptions};
use super::value_source::ValueSource;
use clap::{ArgGroup, Args};
use octoseal::SecretName;
use std::path::PathBuf;

#[derive(Args)]
#[command(group(ArgGroup::new("to").args(["key", "keys"]).required(true)))]
#[command(override_usage = "octoseal seal --key BASE64 [OPTIONS]
       octoseal seal --for KEYS --name NAME [OPTIONS]
       octoseal seal --for KEYS SOURCE [OPTIONS]
       octoseal seal --for KEYS [OPTIONS] -- PROGRAM [ARGUMENT]...")]
#[command(after_help = "Examples:
  octoseal seal --key 2Sg8iYjAxxmI2LvUXpJjkYrMxURPc8r+dB7TJyvvcCU= <token.txt

For two machines, of which only one has the token:
  octoseal key acme/{api,web} --json >keys.jsonl     with the token
  octoseal seal .env --for keys.jsonl >sealed.jsonl  with the values
  octoseal import --sealed sealed.jsonl              with the token")]
pub(crate) struct Seal {
    /// The file with many values, or - for standard input; only with --for
    #[arg(value_name = "SOURCE", conflicts_with_all = ["key", "name", "from_file", "from_env", "raw", "program"])]
    pub(crate) source: Option<PathBuf>,
    /// Public key in base64, as GitHub gives it
    #[arg(long, value_name = "BASE64", conflicts_with_all = INPUT_OPTIONS)]
    pub(crate) key: Option<String>,
    /// File of the keys of stores, as `octoseal key STORE --json` prints it; each value is sealed for each store
    #[arg(long = "for", value_name = "PATH")]
    pub(crate) keys: Option<PathBuf>,
    /// Seal one value, for the secret of this name
    #[arg(long, value_name = "NAME", requires = "keys", conflicts_with_all = INPUT_OPTIONS)]
    pub(crate) name: Option<SecretName>,
    #[command(flatten)]
    pub(crate) value: ValueSource,
    #[command(flatten)]
    pub(crate) input: InputOptions,
}
