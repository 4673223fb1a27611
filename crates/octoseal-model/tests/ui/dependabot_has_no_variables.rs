//! Dependabot has secrets, and no variables.

use octoseal_model::*;

fn illegal(organization: Organization) {
    drop(organization.variables(VariableFamily::Dependabot));
}

fn main() {}
