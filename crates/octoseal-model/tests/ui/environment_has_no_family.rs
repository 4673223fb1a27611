//! An environment has no secrets for Dependabot.

use octoseal_model::*;

fn illegal(environment: Environment) {
    drop(environment.store(Family::Dependabot));
}

fn main() {}
