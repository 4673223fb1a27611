//! `octoseal variable`: the verbs of secrets, for variables.

use super::{access, delete, import, list, put, show};
use crate::arguments::{Global, Variable};
use crate::journal::Journal;
use crate::output::{Failure, Output};
use octoseal::AnyVariables;

pub(crate) async fn run(
    global: &Global,
    variable: Variable,
    output: Output,
    journal: &Journal,
) -> Result<(), Failure> {
    match variable {
        Variable::List(stores) => list::run::<AnyVariables>(global, stores, output, journal).await,
        Variable::Show(words) => show::run::<AnyVariables>(global, words, output, journal).await,
        Variable::Put(put) => put::run::<AnyVariables>(global, put, output, journal).await,
        Variable::Import(import) => import::variables(global, *import, output, journal).await,
        Variable::Access(access) => access::run::<AnyVariables>(global, access, output, journal).await,
        Variable::Delete(delete) => delete::run::<AnyVariables>(global, delete, output, journal).await,
    }
}
