//! A write to a repository has no visibility.

use octoseal_model::*;

fn illegal(store: Store<Repository>, name: &SecretName, value: &SealedValue) {
    drop(store.put(name, value, Visibility::Private));
}

fn main() {}
