//! Plain text is not a sealed value.

use octoseal_model::*;

fn illegal(store: Store<Repository>, name: &SecretName) {
    drop(store.put(name, "hunter2", ()));
}

fn main() {}
