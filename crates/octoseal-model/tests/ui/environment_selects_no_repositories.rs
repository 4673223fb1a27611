//! An environment selects no repositories.

use octoseal_model::*;

fn illegal(store: Store<Environment>, name: &SecretName, id: RepositoryId) {
    drop(store.add_selected_repository(name, id));
}

fn main() {}
