//! Drives octocrab against the emulator: secrets of a repository and an organization, and their look-ups.
//!
//! usage: octoseal-judge-octocrab URL OPENED VALUES; prints its report as a line of JSON

mod judge;

use base64::{Engine, engine::general_purpose::STANDARD};
use crypto_box::aead::OsRng;
use judge::Judge;
use octocrab::Octocrab;
use octocrab::models::PublicKey;
use octocrab::models::orgs::secrets::{CreateOrganizationSecret, Visibility};
use octocrab::models::repos::secrets::CreateRepositorySecret;
use std::error::Error;

type Result<T> = std::result::Result<T, Box<dyn Error>>;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<()> {
    let mut judge = Judge::new()?;
    let client = Octocrab::builder().base_uri(judge.url.as_str())?.personal_token("x").build()?;
    let outcome = in_repository(&client, &mut judge).await;
    judge.store("repos/octo/hello/actions", outcome);
    let outcome = in_organization(&client, &mut judge).await;
    judge.store("orgs/acme/actions", outcome);
    let outcome = look_ups(&client, &mut judge).await;
    judge.store("the look-ups", outcome);
    let installation = Octocrab::builder().base_uri(judge.url.as_str())?.personal_token("ghs_x").build()?;
    let outcome = installed(&installation, &mut judge).await;
    judge.store("the repositories of an installation", outcome);
    judge.report(version());
    Ok(())
}

/// The version of octocrab, which the manifest pins.
fn version() -> &'static str {
    let rest = include_str!("../Cargo.toml").split("octocrab = { version = \"=").nth(1);
    rest.and_then(|rest| rest.split('"').next()).unwrap_or_default()
}

async fn in_repository(client: &Octocrab, judge: &mut Judge) -> Result<()> {
    let repository = client.repos("octo", "hello");
    let secrets = repository.secrets();
    for (name, values) in judge.values() {
        for value in values {
            let key = secrets.get_public_key().await?;
            let encrypted_value = &sealed(&key, &value)?;
            let secret = CreateRepositorySecret { encrypted_value, key_id: &key.key_id };
            secrets.create_or_update_secret(&name, &secret).await?;
            judge.did("set");
            judge.compare("repos/octo/hello/actions", &name, &value)?;
        }
        judge.same("the name shown", secrets.get_secret(&name).await?.name, name.clone());
        secrets.delete_secret(&name).await?;
        judge.did("delete");
    }
    judge.same("what is left", secrets.get_secrets().await?.total_count, 0);
    Ok(())
}

async fn in_organization(client: &Octocrab, judge: &mut Judge) -> Result<()> {
    let organization = client.orgs("acme");
    let secrets = organization.secrets();
    for (name, values) in judge.values() {
        for value in values {
            let key = secrets.get_public_key().await?;
            let secret = CreateOrganizationSecret {
                encrypted_value: &sealed(&key, &value)?,
                key_id: &key.key_id,
                visibility: Visibility::Private,
                selected_repository_ids: None,
            };
            secrets.create_or_update_secret(&name, &secret).await?;
            judge.did("set");
            judge.compare("orgs/acme/actions", &name, &value)?;
        }
        secrets.delete_secret(&name).await?;
        judge.did("delete");
    }
    Ok(())
}

async fn look_ups(client: &Octocrab, judge: &mut Judge) -> Result<()> {
    judge.same("the caller", client.current().user().await?.login, "octocat".to_owned());
    let repository = client.repos("octo", "hello");
    let seen = repository.get().await?;
    judge.same("the repository", seen.full_name, Some("octo/hello".to_owned()));
    judge.same("its visibility", seen.visibility, Some("private".to_owned()));
    let environments = repository.environments();
    let made = environments.create_or_update("prod").wait_timer(3_u32).send().await?;
    let found = environments.get("prod").await?;
    judge.same("the environment", (found.name, found.id), (made.name, made.id));
    let listed = environments.list().send().await?;
    judge.same("the environments", listed.environments.iter().any(|one| one.id == made.id), true);
    for name in ["hello", "world"] {
        client.repos("acme", name).get().await?;
    }
    let page = client.orgs("acme").list_repos().per_page(1).send().await?;
    let names: Vec<String> = client.all_pages(page).await?.into_iter().map(|one| one.name).collect();
    judge.same("the repositories", names, vec!["hello".to_owned(), "world".to_owned()]);
    let properties = client.repos("acme", "hello").custom_properties().get_values().await?;
    judge.same("the properties", properties.len(), 0);
    (0..9).for_each(|_| judge.did("look up"));
    Ok(())
}

async fn installed(client: &Octocrab, judge: &mut Judge) -> Result<()> {
    let reached = client.apps().installation_repositories().send().await?;
    judge.same("the repositories of an installation", reached.repositories.len() >= 3, true);
    judge.did("look up");
    Ok(())
}

fn sealed(key: &PublicKey, value: &str) -> Result<String> {
    let bytes: [u8; 32] = STANDARD.decode(&key.key)?.try_into().map_err(|_| "a key has 32 bytes")?;
    let sealed = crypto_box::PublicKey::from(bytes).seal(&mut OsRng, value.as_bytes());
    Ok(STANDARD.encode(sealed.map_err(|_| "the value cannot be sealed")?))
}
