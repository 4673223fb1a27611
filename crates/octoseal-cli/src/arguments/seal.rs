//! The arguments of `seal`.

use super::value_source::ValueSource;
use clap::Args;

#[derive(Args)]
#[command(override_usage = "octoseal seal --key BASE64 [OPTIONS]")]
#[command(after_help = "Example:
  octoseal seal --key 2Sg8iYjAxxmI2LvUXpJjkYrMxURPc8r+dB7TJyvvcCU= <token.txt")]
pub(crate) struct Seal {
    /// Public key in base64, as GitHub gives it
    #[arg(long, value_name = "BASE64")]
    pub(crate) key: String,
    #[command(flatten)]
    pub(crate) source: ValueSource,
}
