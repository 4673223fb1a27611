//! Bounds for an embedder's threads and tasks: handles, errors and futures can be sent and shared.

use super::*;
use octoseal::{
    Builder, Each, Environment, Error, Metrics, MetricsWatch, Organization, Pages, Repository, Secret,
    Secrets, User,
};
use octoseal::{SecretValue, Visibility};

fn is_shared<T: Send + Sync + 'static>() {}

fn is_sent<T: Send>(future: T) {
    drop(future);
}

#[test]
fn every_handle_and_every_error_moves_between_threads() {
    is_shared::<GitHub>();
    is_shared::<Builder>();
    is_shared::<Secrets<Repository>>();
    is_shared::<Secrets<Environment>>();
    is_shared::<Secrets<Organization>>();
    is_shared::<Secrets<User>>();
    is_shared::<Pages<Secret>>();
    is_shared::<Each<Secret>>();
    is_shared::<Metrics>();
    is_shared::<MetricsWatch>();
    is_shared::<Error>();
    assert!(size_of::<GitHub>() == size_of::<usize>(), "a clone counts one reference");
}

#[test]
fn every_future_moves_between_threads() {
    let github = GitHub::builder().token("ghp_test").build().unwrap();
    let acme = Organization::new("acme").unwrap();
    let secrets = github.secrets(acme.store(octoseal::Family::Actions));
    let (name, value) = (name(), value());
    is_sent(secrets.put(&name, &value, Visibility::All));
    is_sent(secrets.put_all([(name.clone(), SecretValue::from("x"))], Visibility::All));
    is_sent(github.put_everywhere([secrets.store().clone()], &name, &value, Visibility::All));
    is_sent(secrets.put_each([(name.clone(), SecretValue::from("x"))], Visibility::All));
    is_sent(secrets.replace_value(&name, &value));
    is_sent(secrets.get(&name));
    is_sent(secrets.find(&name));
    is_sent(secrets.list());
    is_sent(secrets.key());
    is_sent(secrets.delete(&name));
    is_sent(secrets.selected_repositories(&name));
    is_sent(secrets.set_selected_repositories(&name, []));
    is_sent(secrets.add_selected_repository(&name, octoseal::RepositoryId(1)));
    is_sent(secrets.remove_selected_repository(&name, octoseal::RepositoryId(1)));
    is_sent(secrets.pages().next());
    is_sent(secrets.pages().all());
    is_sent(secrets.pages().each().next());
    is_sent(github.watch().changed());
    is_sent(github.send(secrets.store().public_key()));
}
