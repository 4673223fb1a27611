//! The words of `find`: patterns of names, and places that each stand for one store or many.

use crate::arguments::{Global, MoreStores};
use crate::output::{Failure, Output};
use crate::session::Session;
use crate::targets::{Purpose, Targets};
use octoseal::{AnyStore, support};
use octoseal_fleet::inputs::Pattern;

/// Separates names from places. The word `user` is a place.
pub(super) fn split(words: &[String]) -> Result<(Vec<Pattern>, Vec<String>), Failure> {
    let is_place = |word: &&String| {
        word.contains('/') || ["user", "."].contains(&word.as_str()) || word.starts_with('!')
    };
    let (places, names): (Vec<&String>, Vec<&String>) = words.iter().partition(is_place);
    if names.is_empty() {
        return Err(Failure::usage("places were given, but no name")
            .hint("'*' means all names")
            .argument("NAME"));
    }
    if places.is_empty() {
        let hint = "a place is a store such as OWNER/REPO, orgs/ORG, or user";
        return Err(Failure::usage("a name was given, but no place").hint(hint).argument("PLACE"));
    }
    let names = names.into_iter().map(|name| name.parse::<Pattern>());
    let names = names.collect::<Result<_, _>>();
    let names = names.map_err(|error| Failure::usage(error.to_string()).argument("NAME"))?;
    Ok((names, places.into_iter().cloned().collect()))
}

/// Finds the stores of all places, each once.
pub(super) async fn stores(
    places: &[String],
    more: &MoreStores,
    global: &Global,
    session: &Session,
    output: Output,
) -> Result<Vec<AnyStore>, Failure> {
    // An owner may have no repositories or environments, but a pattern that matches nothing may be wrong.
    let (mut words, mut has_owner) = (Vec::new(), false);
    for place in places {
        match place.split('/').collect::<Vec<_>>()[..] {
            ["user"] => {
                let login = session.github().send(support::authenticated_user()).await?.login;
                has_owner = true;
                words.push("user/codespaces".to_owned());
                words.extend(below(&login));
            }
            ["orgs", organization] => {
                has_owner = true;
                words.extend(FAMILIES.map(|family| format!("orgs/{organization}/{family}")));
                words.extend(below(organization));
            }
            _ => words.push(place.clone()),
        }
    }
    Targets::words(&words, more, global, Purpose::Read)?.with_all_kinds(has_owner).find(session, output).await
}

const FAMILIES: [&str; 4] = ["actions", "agents", "codespaces", "dependabot"];

/// Returns patterns for all stores of an owner's repositories.
fn below(owner: &str) -> [String; 2] {
    [format!("{owner}/*/*"), format!("{owner}/*/environments/*")]
}
