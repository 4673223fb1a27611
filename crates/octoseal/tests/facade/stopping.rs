//! A call of many writes stops where the rest is known to fail, and continues elsewhere.

use super::*;
use octoseal::{
    AnyAccess, AnyStore, BoxFuture, Error, Family, Organization, Pacing, Token, TokenProvider,
    TransportError, Visibility,
};
use std::sync::Arc;

/// A provider with one token for organizations and another for the user.
struct PerAccount {
    organizations: Arc<Token>,
    user: Arc<Token>,
}

impl TokenProvider for PerAccount {
    fn token<'a>(
        &'a self,
        account: Option<&'a str>,
    ) -> BoxFuture<'a, Result<Option<Arc<Token>>, TransportError>> {
        let token = if account.is_some() { &self.organizations } else { &self.user };
        Box::pin(std::future::ready(Ok(Some(Arc::clone(token)))))
    }

    fn is_per_account(&self) -> bool {
        true
    }
}

/// Creates a client with one request in flight at a time.
fn per_account(emulator: &Emulator) -> GitHub {
    let token = |text: &str| Arc::new(Token::new(text).unwrap());
    let provider = PerAccount { organizations: token("ghp_good"), user: token("ghp_bad") };
    let mut pacing = Pacing::from(Profile::Unlimited);
    pacing.in_flight = 1;
    let builder = GitHub::builder().token_provider(provider).api_url(&emulator.url());
    builder.pacing(pacing).build().unwrap()
}

#[tokio::test]
async fn a_bad_token_of_the_user_stops_no_organization() {
    let emulator = recording::start().await;
    emulator.with_world(|world| {
        world.bad_token("ghp_bad");
    });
    let paths = ["user/codespaces", "orgs/acme/actions", "orgs/other/actions"];
    let stores = paths.map(|path| path.parse::<AnyStore>().unwrap());
    let selected = AnyAccess::Selected([7].into());
    let results = per_account(&emulator).put_everywhere(stores, &name(), &value(), selected).await;
    assert!(results[0].1.as_ref().is_err_and(Error::is_unauthorized), "{results:?}");
    assert!(results[1].1.is_ok() && results[2].1.is_ok(), "{results:?}");
}

#[tokio::test]
async fn a_lock_out_stops_all_accounts() {
    let emulator = recording::start().await;
    let body = r#"{"message":"Maximum number of login attempts exceeded. Please try again later."}"#;
    answer_once(&emulator, http::Method::GET, "public-key", 403, body);
    let stores = (0..50).map(|number| {
        AnyStore::from(Organization::new(format!("acme-{number}")).unwrap().store(Family::Actions))
    });
    let github = per_account(&emulator);
    let results = github.put_everywhere(stores, &name(), &value(), Visibility::All).await;
    assert_eq!(sent(&emulator).len(), 1, "{:?}", sent(&emulator));
    assert!(results.iter().all(|(_, result)| result.as_ref().is_err_and(Error::is_locked_out)));
    let not_tried = results.iter().filter(|(_, result)| matches!(result, Err(Error::NotTried(_)))).count();
    assert_eq!(not_tried, 49);
}
