//! A repository selects no repositories.

use octoseal_model::*;

fn illegal(store: Store<Repository>, name: &SecretName) {
    drop(store.selected_repositories(name, PageRequest::default()));
}

fn main() {}
