//! Many writes of variables in one call.

use super::*;
use octoseal::AnyVariableStore;

fn named(number: usize) -> VariableName {
    VariableName::new(&format!("V_{number}")).unwrap()
}

fn stores(paths: &[&str]) -> Vec<AnyVariableStore> {
    paths.iter().map(|path| path.parse().unwrap()).collect()
}

#[tokio::test(start_paused = true)]
async fn many_values_are_written_to_one_store_one_at_a_time_with_results_in_order() {
    let played = Played::with(&[("V_0", "old")]);
    let variables = played.client().variables(repository());
    variables.list().await.unwrap();
    let mut values: Vec<_> = (0..4).map(|number| (named(number), format!("value {number}"))).collect();
    values[2].1 = "x".repeat(octoseal::limits::MAX_VALUE_BYTES + 1);
    values.push((named(0), "another".to_owned()));
    let results = variables.put_all(values, ()).await;
    let names: Vec<&str> = results.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["V_0", "V_1", "V_2", "V_3", "V_0"]);
    assert!(matches!(results[0].1, Ok(Written::Updated)) && matches!(results[1].1, Ok(Written::Created)));
    assert!(matches!(results[2].1, Err(Error::ValueTooLong { .. })));
    assert!(matches!(results[4].1, Err(Error::RepeatedName)));
    assert_eq!(played.sent()[1..], ["PATCH V_0 204", "POST 201", "POST 201"]);
    assert_eq!(played.most_at_once(), 1);
    assert_eq!(played.value("V_0").as_deref(), Some("value 0"));
}

#[tokio::test]
async fn all_handles_of_a_client_share_its_listing() {
    let played = Played::new();
    let github = played.client();
    let [store] = &stores(&["repos/octo/hello/actions"])[..] else { panic!("one store") };
    github.any_variables(store.clone()).list().await.unwrap();
    let twice = [store.clone(), store.clone()];
    let results = github.put_variable_everywhere(twice, &level(), "debug", AnyAccess::Keep).await;
    assert!(matches!(results[0], (_, Ok(Written::Created))), "{results:?}");
    assert!(matches!(results[1], (_, Err(Error::RepeatedStore))), "{results:?}");
    assert_eq!(played.sent(), ["GET 200", "POST 201"]);
}

#[tokio::test]
async fn each_store_has_its_own_result_and_a_bad_token_stops_the_rest() {
    let (emulator, github) = start().await;
    emulator.with_world(|world| {
        world.missing("repos/octo/ghost");
    });
    let paths = ["repos/octo/ghost/actions", "repos/octo/hello/actions", "repos/octo/hello/agents"];
    let results = github.put_variable_everywhere(stores(&paths), &level(), "debug", AnyAccess::Keep).await;
    let seen: Vec<String> = results.iter().map(|(store, _)| store.to_string()).collect();
    assert_eq!(seen, paths);
    assert!(results[0].1.as_ref().is_err_and(Error::is_not_found), "{results:?}");
    assert!(results[1].1.is_ok() && results[2].1.is_ok(), "{results:?}");

    emulator.with_world(|world| {
        world.bad_token("ghp_test");
    });
    let values = (0..50).map(|number| (named(number), "v".to_owned()));
    let before = sent(&emulator).len();
    let variables = github.any_variables("orgs/acme/actions".parse().unwrap());
    let results = variables.put_all(values, Visibility::Private).await;
    assert!(results[0].1.as_ref().is_err_and(Error::is_unauthorized), "{results:?}");
    assert!(results[1..].iter().all(|(_, result)| matches!(result, Err(Error::NotTried(_)))), "{results:?}");
    assert_eq!(sent(&emulator).len(), before + 1);
}
