//! A repository selects no repositories for its variables.

use octoseal_model::*;

fn illegal(repository: Repository, name: &VariableName) {
    drop(repository.variables(VariableFamily::Actions).set_selected_repositories(name, [7]));
}

fn main() {}
