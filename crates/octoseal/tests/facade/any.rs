//! Stores that are chosen at run time: one access type, and a typed error for operations that an owner lacks.

use super::*;
use octoseal::{AnyAccess, AnySecrets, AnyStore, Error, Visibility, Written};
use std::time::Duration;

const STORES: [&str; 4] = [
    "repos/octo/hello/actions",
    "repos/octo/hello/environments/prod%2Feu",
    "orgs/acme/dependabot",
    "user/codespaces",
];

fn any(github: &GitHub, path: &str) -> AnySecrets {
    github.any_secrets(path.parse().unwrap())
}

fn accesses() -> [AnyAccess; 7] {
    [
        AnyAccess::Keep,
        AnyAccess::All,
        AnyAccess::Private,
        AnyAccess::Selected([7].into()),
        AnyAccess::KeepOr(Visibility::All),
        AnyAccess::KeepOr(Visibility::Private),
        AnyAccess::KeepOr(Visibility::selected([7])),
    ]
}

#[tokio::test]
async fn each_owner_accepts_its_accesses_and_others_are_refused_before_anything_is_sent() {
    let taken = [vec![0], vec![0], vec![1, 2, 3, 4, 5, 6], vec![3, 6]];
    for (path, taken) in STORES.into_iter().zip(taken) {
        for (number, access) in accesses().into_iter().enumerate() {
            let (emulator, github) = start().await;
            match any(&github, path).put(&name(), &value(), access.clone()).await {
                Ok(written) => {
                    assert!(taken.contains(&number), "{path} {access:?}");
                    assert_eq!(written, Written::Created);
                    assert_eq!(emulator.opened_value(path, "NPM_TOKEN").unwrap().expose(), value().expose());
                }
                // The access of a secret that does not exist cannot be kept.
                Err(Error::NothingToKeep { .. }) => assert_eq!((number, taken.len() > 1), (0, true)),
                Err(Error::Invalid(error)) => {
                    assert!(!taken.contains(&number), "{path} {access:?}");
                    assert!(error.to_string().contains(access.as_str()), "{error}");
                    assert!(sent(&emulator).is_empty());
                }
                Err(error) => panic!("{path} {access:?}: {error}"),
            }
        }
    }
}

#[tokio::test]
async fn an_access_for_a_new_secret_keeps_that_of_an_old_one() {
    let (emulator, github) = start().await;
    let secrets = any(&github, "orgs/acme/dependabot");
    secrets.put(&name(), &value(), Visibility::selected([7, 8])).await.unwrap();
    let before = emulator.secrets("orgs/acme/dependabot");
    for access in [AnyAccess::Keep, AnyAccess::KeepOr(Visibility::All)] {
        assert_eq!(secrets.put(&name(), &value(), access).await.unwrap(), Written::Updated);
        assert_eq!(emulator.secrets("orgs/acme/dependabot"), before);
    }
}

#[tokio::test]
async fn repositories_are_selected_where_the_owner_selects_them() {
    let (emulator, github) = start().await;
    for path in STORES {
        let before = sent(&emulator).len();
        let secrets = any(&github, path);
        if !secrets.store().selects_repositories() {
            let invalid = |error: Error| assert!(matches!(error, Error::Invalid(_)), "{error}");
            invalid(secrets.selected_repositories(&name()).await.unwrap_err());
            invalid(secrets.set_selected_repositories(&name(), [7]).await.unwrap_err());
            invalid(secrets.add_selected_repository(&name(), 7.into()).await.unwrap_err());
            invalid(secrets.remove_selected_repository(&name(), 7.into()).await.unwrap_err());
            assert_eq!(sent(&emulator).len(), before);
            continue;
        }
        secrets.put(&name(), &value(), AnyAccess::Selected([7].into())).await.unwrap();
        secrets.add_selected_repository(&name(), 8.into()).await.unwrap();
        secrets.remove_selected_repository(&name(), 7.into()).await.unwrap();
        let ids: Vec<u64> =
            secrets.selected_repositories(&name()).await.unwrap().iter().map(|found| found.id.0).collect();
        assert_eq!(ids, [8]);
        secrets.set_selected_repositories(&name(), []).await.unwrap();
        assert!(secrets.find(&name()).await.unwrap().is_some());
        secrets.delete(&name()).await.unwrap();
        assert!(secrets.list().await.unwrap().is_empty() && secrets.find(&name()).await.unwrap().is_none());
    }
}

#[tokio::test]
async fn one_value_goes_to_stores_of_all_owners_each_with_its_own_result() {
    let (emulator, github) = start().await;
    let stores: Vec<AnyStore> = STORES.iter().map(|path| path.parse().unwrap()).collect();
    let selected = AnyAccess::Selected([7].into());
    let results = github.put_everywhere(stores.clone(), &name(), &value(), selected).await;
    assert_eq!(results.iter().map(|(store, _)| store.clone()).collect::<Vec<_>>(), stores);
    let outcomes: Vec<bool> = results.iter().map(|(_, result)| result.is_ok()).collect();
    assert_eq!(outcomes, [false, false, true, true]);
    assert!(matches!(results[0].1, Err(Error::Invalid(_))));
    assert_eq!(emulator.opened_value("user/codespaces", "NPM_TOKEN").unwrap().expose(), value().expose());
}

#[tokio::test]
async fn results_arrive_one_by_one_and_dropping_them_stops_further_writes() {
    let (emulator, github) = start().await;
    emulator.set_latency(Duration::from_millis(2));
    let secrets = any(&github, STORES[0]);
    let values =
        (0..100).map(|number| (SecretName::new(&format!("S_{number}")).unwrap(), SecretValue::from("value")));
    let mut results = secrets.put_each(values, AnyAccess::Keep);
    assert!(sent(&emulator).is_empty(), "nothing is sent before the first result is asked for");
    for _ in 0..3 {
        let (name, result) = results.next().await.unwrap();
        assert_eq!(result.unwrap(), Written::Created);
        assert!(emulator.opened_value(STORES[0], name.as_str()).is_some());
    }
    assert_eq!(results.remaining(), 97);
    drop(results);
    tokio::task::yield_now().await;
    let stopped = sent(&emulator).len();
    assert!(stopped < 90, "{stopped}");
    tokio::time::sleep(Duration::from_millis(50)).await;
    let pace = github.metrics().pace;
    assert_eq!((pace.in_flight, pace.waiting), (0, 0));
    assert!(sent(&emulator).len() <= stopped + github.pacer().pacing().in_flight);
}
