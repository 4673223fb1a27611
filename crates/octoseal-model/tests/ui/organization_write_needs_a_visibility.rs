//! A write to an organization names the access.

use octoseal_model::*;

fn illegal(store: Store<Organization>, name: &SecretName, value: &SealedValue) {
    drop(store.put(name, value));
}

fn main() {}
