//! The name of a secret does not name a variable.

use octoseal_model::*;

fn illegal(environment: Environment, name: &SecretName) {
    drop(environment.variables().get(name));
}

fn main() {}
