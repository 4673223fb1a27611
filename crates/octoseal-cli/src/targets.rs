//! The names and stores of a verb, in any order.

mod stores_file;

use crate::arguments::{Global, MoreStores, Secrets, Stores};
use crate::checkout;
use crate::environment::Environment;
use crate::kept::Name;
use crate::output::{Failure, Output};
use crate::session::{self, Session};
use crate::value::has_token_prefix;
use octoseal::{AnyStore, Family, Repository, SecretName};
use octoseal_fleet::select::{ExpandError, Filters, Kind, Reading, Selection, Word, expand, parse};
use std::collections::HashSet;

/// The targets of a verb: names, and words for stores that may be patterns.
pub(crate) struct Targets<N> {
    pub(crate) names: Vec<N>,
    pub(crate) stores: Places,
}

/// Stores, before patterns are looked up at GitHub.
pub(crate) struct Places {
    words: Vec<Word>,
    filters: Filters,
}

impl Places {
    /// Returns the first named store. The session's token must suit its account.
    pub(crate) fn first(&self) -> Option<AnyStore> {
        self.words.iter().find_map(|word| match word {
            Word::Store(store) => Some(store.clone()),
            Word::Pattern(pattern) => {
                let repository = Repository::new(pattern.owner(), "any").ok()?;
                Some(repository.store(Family::Actions).into())
            }
            _ => None,
        })
    }

    /// Returns the stores, if no pattern must be looked up.
    pub(crate) fn named(&self) -> Vec<AnyStore> {
        let named = self.words.iter().filter_map(|word| match word {
            Word::Store(store) => Some(store.clone()),
            _ => None,
        });
        named.collect()
    }

    /// Includes archived, disabled, forked and public repositories; patterns may match nothing if `allows_no_match`.
    pub(crate) fn with_all_kinds(mut self, allows_no_match: bool) -> Self {
        self.filters.include = Kind::ALL.to_vec();
        self.filters.allows_no_match = allows_no_match;
        self
    }

    /// Finds the stores, each once. Patterns are looked up, and skipped repositories are reported.
    pub(crate) async fn find(self, session: &Session, output: Output) -> Result<Vec<AnyStore>, Failure> {
        Ok(self.select(session, output).await?.stores)
    }

    /// Finds the stores as [`find`](Self::find) does, and returns them with data of their repositories.
    pub(crate) async fn select(self, session: &Session, output: Output) -> Result<Selection, Failure> {
        let selection = expand(session.github(), self.words, &self.filters).await.map_err(refused)?;
        report_skipped(&selection.skipped, output);
        match selection.unused_exclusions {
            0 => {}
            1 => output.warn("an exclusion matches no store: check how it is written"),
            count => output.warn(&format!("{count} exclusions match no store: check how they are written")),
        }
        Ok(selection)
    }
}

/// Names the repositories that are skipped, or counts them if they are many.
fn report_skipped(skipped: &[(Repository, Kind)], output: Output) {
    for kind in Kind::ALL {
        let of_kind = || skipped.iter().filter(|(_, found)| *found == kind).map(|(repository, _)| repository);
        let count = of_kind().count();
        let word = if kind == Kind::Fork { "a fork" } else { kind.as_str() };
        if count > FEW && !output.verbose {
            let words =
                format!("each of which is {word} (--include {kind} takes them, --verbose names them)");
            output.note(&format!("skipping {count} repositories, {words}"));
        } else {
            of_kind().for_each(|repository| {
                output.note(&format!("skipping {repository}, which is {word} (--include {kind} takes it)"));
            });
        }
    }
}

/// Above this number, skipped repositories of a kind are only counted.
const FEW: usize = 10;

/// Creates the failure of a selection. Nothing was written, since a selection is complete or fails.
fn refused(error: ExpandError) -> Failure {
    match error {
        ExpandError::Listing(error) => error.into(),
        error => Failure::usage(error.to_string()).argument("STORE"),
    }
}

/// Whether a verb reads or writes: `.` alone means all families for reading, and Actions for writing.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Purpose {
    Read,
    Write,
}

impl Targets<SecretName> {
    /// Reads the words of a verb that takes stores only.
    pub(crate) fn stores(stores: &Stores, global: &Global, purpose: Purpose) -> Result<Places, Failure> {
        Self::words(&stores.words, &stores.more, global, purpose)
    }

    /// Reads words that each are a store.
    pub(crate) fn words(
        words: &[String],
        more: &MoreStores,
        global: &Global,
        purpose: Purpose,
    ) -> Result<Places, Failure> {
        let targets = Self::read(words, more, global, purpose)?;
        match targets.names.first() {
            None => Ok(targets.stores),
            Some(_) => Err(Failure::usage(
                "this verb takes stores only, and one word is no store: it has no slash",
            )
            .hint("a store is OWNER/REPO, OWNER/REPO/dependabot, orgs/ORG/actions, user/codespaces or .")
            .argument("STORE")),
        }
    }
}

impl<N: Name> Targets<N> {
    /// Reads the words of a verb that takes one name.
    pub(crate) fn one_name(
        secrets: &Secrets,
        global: &Global,
        purpose: Purpose,
    ) -> Result<(N, Places), Failure> {
        let mut targets = Self::names(secrets, global, purpose)?;
        match (targets.names.pop(), targets.names.is_empty()) {
            (Some(name), true) => Ok((name, targets.stores)),
            _ => Err(Failure::usage("this verb takes one name, and several were given").argument("NAME")),
        }
    }

    /// Reads the words of a verb that takes one or more names.
    pub(crate) fn names(secrets: &Secrets, global: &Global, purpose: Purpose) -> Result<Self, Failure> {
        let targets = Self::read(&secrets.words, &secrets.more, global, purpose)?;
        if targets.names.is_empty() {
            return Err(Failure::usage("stores were given, but no name").argument("NAME"));
        }
        if targets.stores.words.is_empty() {
            let hint = "a store is OWNER/REPO, OWNER/REPO/dependabot, orgs/ORG/actions, user/codespaces or .";
            return Err(Failure::usage("a name was given, but no store").hint(hint).argument("STORE"));
        }
        Ok(targets)
    }

    fn read(words: &[String], more: &MoreStores, global: &Global, purpose: Purpose) -> Result<Self, Failure> {
        let (names, stores): (Vec<&String>, Vec<&String>) = words.iter().partition(|word| is_name(word));
        let lines = stores_file::lines(more)?;
        let environment = Environment::Process;
        let site = session::site(global, &environment)?;
        let here = match stores
            .iter()
            .copied()
            .chain(lines.iter().map(|(_, line)| line))
            .any(|word| is_here(word))
        {
            true => Some(checkout::repository(&site, &environment)?),
            false => None,
        };
        let reading = Reading {
            here: here.as_ref(),
            host: site.website(),
            here_is_all_families: purpose == Purpose::Read,
        };
        let mut found = Vec::with_capacity(stores.len() + lines.len());
        for (number, word) in (1..).zip(words).filter(|(_, word)| !is_name(word)) {
            let read = read_store(word, &reading);
            found.extend(read.map_err(|failure| in_word(number, words.len(), failure))?);
        }
        for (number, line) in &lines {
            let read = read_store(line, &reading);
            found.extend(
                read.map_err(|failure| stores_file::in_line(more.stores_from.as_deref(), *number, failure))?,
            );
        }
        if !found.is_empty() && found.iter().all(|word| matches!(word, Word::Exclusion(_))) {
            return Err(Failure::usage("exclusions were given, but no stores to exclude them from")
                .hint("octoseal list 'acme/*' '!acme/old-*'")
                .argument("STORE"));
        }
        let names = read_names(&names, !found.is_empty())?;
        Ok(Self { names, stores: Places { words: found, filters: more.filters() } })
    }
}

fn is_name(word: &str) -> bool {
    !word.contains('/') && !is_here(word) && !word.starts_with(['@', '!'])
}

fn is_here(word: &str) -> bool {
    let word = word.strip_prefix('!').unwrap_or(word);
    word == "." || word.starts_with("./")
}

fn read_names<N: Name>(words: &[&String], has_store: bool) -> Result<Vec<N>, Failure> {
    let mut seen = HashSet::new();
    let mut names = Vec::with_capacity(words.len());
    for word in words {
        let name: N = word.parse().map_err(|error| {
            let failure = Failure::usage(format!("{error}")).argument("NAME");
            if has_store { failure } else { failure.hint("a store has a slash: OWNER/REPO") }
        })?;
        if seen.insert(name.clone()) {
            names.push(name);
        }
    }
    Ok(names)
}

/// Says which of several words is wrong. The word is not repeated, since it may be a value.
fn in_word(number: usize, words: usize, mut failure: Failure) -> Failure {
    if words > 1 {
        failure.message = format!("word {number}: {}", failure.message);
    }
    failure
}

fn read_store(word: &str, reading: &Reading<'_>) -> Result<Vec<Word>, Failure> {
    // GitHub would receive it as a part of a path.
    if word.split('/').any(has_token_prefix) {
        return Err(Failure::usage("this looks like a token or another value, not like a store")
            .hint("a value is never an argument: use standard input, --from-file or --from-env")
            .argument("STORE"));
    }
    parse(word, reading).map_err(|error| Failure::usage(error.to_string()).argument("STORE"))
}
