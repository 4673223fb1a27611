//! The scenes of the demo, in order.

use super::stage::{Scene, Stage};
use crate::kept::{Found, Widths};
use octoseal::{
    Error, Family, Organization, Repository, RepositoryIds, SecretName, Store, User, VariableFamily,
    VariableName, Visibility, VisibilityName,
};

/// The number of scenes.
pub(super) const COUNT: usize = 9;

const NAME: &str = "NPM_TOKEN";
const USER: &str = "user/codespaces";

/// Plays one scene. An error in it is a fault of the scene.
pub(super) async fn play(number: usize, stage: &mut Stage<'_>) -> Scene {
    let mut scene = Scene::new(TITLES[number]);
    let result = match number {
        0 => creates_and_updates(stage, &mut scene).await,
        1 => fills_ten_stores(stage, &mut scene).await,
        2 => heals(stage, &mut scene).await,
        3 => lists(stage, &mut scene).await,
        4 => keeps_a_variable(stage, &mut scene).await,
        5 => refuses_a_name(stage, &mut scene),
        6 => explains_a_404(stage, &mut scene).await,
        7 => explains_a_403(stage, &mut scene).await,
        _ => {
            stage.compare(&mut scene);
            Ok(())
        }
    };
    if let Err(error) = result {
        scene.faults.push(error.to_string());
    }
    scene
}

const TITLES: [&str; COUNT] = [
    "A Codespaces secret of the user is created, then updated with a second repository",
    "One secret in each of the other nine stores, each sealed to the store's own key",
    "GitHub changes a key between two writes: octoseal renews the key and seals the value again",
    "A listing shows names and times, never values",
    "A variable of an organization gets a new value and keeps its access; variables are not sealed",
    "A bad name is refused before anything is sent",
    "A 404 is explained",
    "A 403 is explained, although GitHub's message is misleading",
    "The values that the emulator decrypted have the same digests as the original values",
];

async fn creates_and_updates(stage: &mut Stage<'_>, scene: &mut Scene) -> Result<(), Error> {
    let name = SecretName::new(NAME)?;
    let secrets = stage.github.secrets(User.store());
    let mut ids = Vec::new();
    for repository in ["hello", "world"] {
        let repository = Repository::new("octo", repository)?;
        ids.push(stage.github.send(repository.look_up()).await?.id);
        let value = stage.give(USER, NAME);
        secrets.put(&name, &value, RepositoryIds::from(ids.clone())).await?;
    }
    let news = stage.news();
    scene.expect(&news, &[("GET", 200), ("GET", 200), ("PUT", 201), ("GET", 200), ("PUT", 204)]);
    let access = secrets.selected_repositories(&name).await?;
    let access: Vec<&str> = access.iter().map(|repository| repository.full_name.as_str()).collect();
    scene.lines.push(format!("     access: {}", access.join(", ")));
    scene.check(access.len() == 2, || "both repositories should have access".to_owned());
    stage.news();
    Ok(())
}

async fn fills_ten_stores(stage: &mut Stage<'_>, scene: &mut Scene) -> Result<(), Error> {
    let name = SecretName::new(NAME)?;
    let repository = Repository::new("octo", "hello")?;
    let organization = Organization::new("acme")?;
    for family in Family::ALL {
        let store = repository.store(family);
        let value = stage.give(&store.to_string(), NAME);
        stage.github.secrets(store).put(&name, &value, ()).await?;
        let store = organization.store(family);
        let value = stage.give(&store.to_string(), NAME);
        stage.github.secrets(store).put(&name, &value, Visibility::Private).await?;
    }
    let store = repository.environment("prod/eu")?.store();
    let value = stage.give(&store.to_string(), NAME);
    stage.github.secrets(store).put(&name, &value, ()).await?;
    let mut news = stage.news();
    news.retain(|request| request.method == "PUT");
    scene.expect(&news, &[("PUT", 201); 9]);
    Ok(())
}

async fn heals(stage: &mut Stage<'_>, scene: &mut Scene) -> Result<(), Error> {
    let store: Store<Repository> = "repos/octo/hello/actions".parse()?;
    let path = store.to_string();
    if let Err(unknown) = stage.emulator.rotate_key(&path) {
        scene.faults.push(unknown.to_string());
    }
    let value = stage.give(&path, NAME);
    stage.github.secrets(store).put(&SecretName::new(NAME)?, &value, ()).await?;
    let news = stage.news();
    scene.expect(&news, &[("PUT", 422), ("GET", 200), ("PUT", 204)]);
    Ok(())
}

async fn lists(stage: &mut Stage<'_>, scene: &mut Scene) -> Result<(), Error> {
    let listed = stage.github.secrets(User.store()).list().await?;
    let listed: Vec<Found> = listed.iter().map(Found::from).collect();
    let widths = Widths::of(&listed);
    scene.lines.extend(listed.iter().map(|secret| secret.line(&widths)));
    let listed: Vec<&str> = listed.iter().map(|secret| secret.name.as_str()).collect();
    let stored = stage.emulator.secrets(USER);
    let stored: Vec<&str> = stored.iter().map(|secret| secret.name.as_str()).collect();
    scene.check(listed == stored && listed == [NAME], || format!("{stored:?} are stored"));
    stage.news();
    Ok(())
}

async fn keeps_a_variable(stage: &mut Stage<'_>, scene: &mut Scene) -> Result<(), Error> {
    let name = VariableName::new("LOG_LEVEL")?;
    let store = Organization::new("acme")?.variables(VariableFamily::Actions);
    let variables = stage.github.variables(store);
    variables.put(&name, "debug", Visibility::Private).await?;
    variables.replace_value(&name, "info").await?;
    let news = stage.news();
    scene.expect(&news, &[("PATCH", 404), ("POST", 201), ("PATCH", 204)]);
    let found = variables.get(&name).await?;
    let is_kept = found.value == "info" && found.visibility == Some(VisibilityName::Private);
    scene.check(is_kept, || format!("the value {:?} and a private variable were expected", found.value));
    let access = found.visibility.as_ref().map_or("-", VisibilityName::as_str);
    scene.lines.push(format!("     {}  {}  access: {access}", found.name, found.value));
    stage.news();
    Ok(())
}

fn refuses_a_name(stage: &mut Stage<'_>, scene: &mut Scene) -> Result<(), Error> {
    match SecretName::new("GITHUB_TOKEN") {
        Ok(name) => scene.faults.push(format!("{name} was taken")),
        Err(error) => scene.lines.push(format!("GITHUB_TOKEN: {error}")),
    }
    let sent = stage.news().len();
    scene.lines.push(format!("requests sent: {sent}"));
    scene.check(sent == 0, || "nothing should have been sent".to_owned());
    Ok(())
}

async fn explains_a_404(stage: &mut Stage<'_>, scene: &mut Scene) -> Result<(), Error> {
    let store = Repository::new("octo", "ghost")?.store(Family::Actions);
    let result = stage.github.secrets(store).list().await.map(|_| ());
    explains(stage, scene, result, 404, "check the names")
}

async fn explains_a_403(stage: &mut Stage<'_>, scene: &mut Scene) -> Result<(), Error> {
    let store = Organization::new("acme")?.store(Family::Actions);
    let result = stage.poor.secrets(store).list().await.map(|_| ());
    explains(stage, scene, result, 403, "the scope admin:org")
}

fn explains(
    stage: &mut Stage<'_>,
    scene: &mut Scene,
    result: Result<(), Error>,
    status: u16,
    explanation: &str,
) -> Result<(), Error> {
    let news = stage.news();
    scene.expect(&news, &[("GET", status)]);
    let Err(error) = result else {
        scene.faults.push(format!("a {status} was expected"));
        return Ok(());
    };
    let text = error.to_string();
    scene.check(text.contains(explanation), || format!("the error should name {explanation}"));
    scene.lines.extend(text.split("; ").map(|part| format!("     {part}")));
    Ok(())
}
