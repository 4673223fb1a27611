//! Base64 of a value is not a sealed value, and nothing makes one of it.

use octoseal_model::*;

fn illegal(store: Store<Repository>, name: &SecretName) {
    drop(store.put(name, &SealedValue::from("aHVudGVyMg=="), ()));
}

fn main() {}
