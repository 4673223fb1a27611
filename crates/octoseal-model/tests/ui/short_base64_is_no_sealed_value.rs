//! Base64 of a value is not a sealed value, and no conversion makes it one.

use octoseal_model::*;

fn illegal(store: Store<Repository>, name: &SecretName) {
    drop(store.put(name, &SealedValue::from("aHVudGVyMg=="), ()));
}

fn main() {}
