//! A user has secrets, and no variables.

use octoseal_model::*;

fn illegal() {
    drop(User.variables());
}

fn main() {}
