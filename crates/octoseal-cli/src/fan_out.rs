//! Concurrent work on several targets, with results in order and failures grouped by cause.

mod stop;

use crate::kept::Kept;
use crate::output::{ExitCode, Failure, Output};
use futures_util::stream::{self, Stream, StreamExt as _};
use octoseal::AnyStore;
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::Arc;
use stop::Stop;

/// The number of targets that are read concurrently. By default the pacer lets fewer requests through.
const AT_A_TIME: usize = 50;
/// The number of targets that a group of failures names. `--verbose` names all.
const NAMED: usize = 10;

/// Runs a job for each target, several concurrently, and returns the results in the order of the targets.
///
/// The first job runs alone. No further job starts after GitHub has refused the token, because GitHub locks out clients
/// that send an invalid token repeatedly. No further job starts either if the server has answered none of the first two.
pub(crate) fn each<'a, T, R, F>(
    targets: &'a [T],
    job: impl Fn(&'a T) -> F,
) -> impl Stream<Item = (&'a T, Result<R, Failure>)>
where
    F: Future<Output = Result<R, Failure>>,
{
    let stop = Arc::new(Stop::default());
    let jobs = targets.iter().map(move |target| {
        let (job, stop) = (job(target), Arc::clone(&stop));
        async move { (target, stop.unless(job).await) }
    });
    stream::iter(jobs).buffered(AT_A_TIME)
}

/// A target that failed, and the word for its kind.
struct Target {
    noun: &'static str,
    text: String,
}

/// The failures of several targets.
pub(crate) struct Failures {
    targets: usize,
    /// The word for the targets.
    noun: &'static str,
    /// Whether the secrets are all of one store.
    is_one_store: bool,
    failed: Vec<(Target, Failure)>,
    output: Output,
    /// The failure to print a result. The work continues.
    unprintable: Option<Failure>,
}

impl Failures {
    pub(crate) fn among(targets: usize, output: Output) -> Self {
        Self {
            targets,
            noun: "stores",
            is_one_store: targets == 1,
            failed: Vec::new(),
            output,
            unprintable: None,
        }
    }

    /// Returns the number of failures.
    pub(crate) fn count(&self) -> usize {
        self.failed.len()
    }

    /// Sets the number of targets to this number of writes, called `noun`.
    pub(crate) fn now_among(&mut self, writes: usize, noun: &'static str) {
        self.targets = writes + self.failed.len();
        self.noun = noun;
    }

    /// Adds the failure of a write.
    pub(crate) fn add_write<K: Kept>(&mut self, name: &K::Name, store: &AnyStore, mut failure: Failure) {
        failure.context.store = Some(store.to_string());
        failure.context.name = Some(name.to_string());
        let label = K::label(name);
        let label = if label == name.to_string() { label } else { format!("the {label}") };
        self.add(format!("{label} into {store}"), failure);
    }

    /// Adds the failure of a target, such as a store. With `--json` it is printed at once.
    pub(crate) fn add(&mut self, target: impl ToString, mut failure: Failure) {
        let target = target.to_string();
        failure.context.store.get_or_insert_with(|| target.clone());
        if self.targets > 1 && self.output.json {
            self.output.report(&failure);
        }
        self.failed.push((Target { noun: self.noun, text: target }, failure));
    }

    /// Keeps the first failure to print a result, which must not end the work early.
    pub(crate) fn printed(&mut self, printed: Result<(), Failure>) {
        if let Err(failure) = printed {
            self.unprintable.get_or_insert(failure);
        }
    }

    /// Returns the only failure itself, or prints a table of all.
    pub(crate) fn finish(mut self) -> Result<(), Failure> {
        if let (Some(failure), true) = (self.unprintable.take(), self.failed.is_empty()) {
            return Err(failure);
        }
        if self.targets == 1 {
            return self.failed.pop().map_or(Ok(()), |(_, failure)| Err(failure));
        }
        if self.failed.is_empty() {
            return Ok(());
        }
        if !self.output.json {
            self.print_groups();
        }
        Err(Failure::new(self.code(), format!("{} of {} failed", self.failed.len(), self.targets)))
    }

    /// Failures of one store for one reason have its code, if no write landed or the rest can be put again later.
    fn code(&self) -> ExitCode {
        let mut codes = self.failed.iter().map(|(_, failure)| failure.code);
        if codes.clone().any(|code| code == ExitCode::UnknownOutcome) {
            return ExitCode::UnknownOutcome;
        }
        let first = codes.next().filter(|first| self.is_one_store && codes.all(|code| code == *first));
        let is_later = matches!(first, Some(ExitCode::RateLimited | ExitCode::NoAnswer));
        first.filter(|_| is_later || self.failed.len() == self.targets).unwrap_or(ExitCode::Partial)
    }

    /// Returns the causes in the order of their first failure, each with its targets.
    fn groups(&self) -> Vec<(String, Vec<&Target>)> {
        let mut groups: Vec<(String, Vec<&Target>)> = Vec::new();
        let mut places: HashMap<(String, &str), usize> = HashMap::new();
        for (target, failure) in &self.failed {
            let each = format!("each of these {}", target.noun);
            let cause = failure.for_people(false).replace(&target.text, &each);
            match places.entry((cause, target.noun)) {
                Entry::Occupied(place) => groups[*place.get()].1.push(target),
                Entry::Vacant(place) => {
                    groups.push((place.key().0.clone(), vec![target]));
                    place.insert(groups.len() - 1);
                }
            }
        }
        groups
    }

    fn print_groups(&self) {
        for (cause, targets) in self.groups() {
            let noun = targets[0].noun;
            if let [target] = targets[..] {
                self.output.text(&cause.replace(&format!("each of these {noun}"), &target.text));
                continue;
            }
            let shown = if self.output.verbose { targets.len() } else { NAMED };
            let names: Vec<&str> = targets.iter().take(shown).map(|target| &*target.text).collect();
            let mut text = format!("{cause}\n  {noun}: {}", names.join(", "));
            if targets.len() > shown {
                text += &format!(" and {} more (--verbose names all)", targets.len() - shown);
            }
            self.output.text(&text);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn failures(codes: &[ExitCode], targets: usize) -> Result<(), Failure> {
        let mut failures = Failures::among(targets, Output { json: true, ..Output::default() });
        for (number, code) in codes.iter().enumerate() {
            failures.add(number, Failure::new(*code, "words"));
        }
        failures.finish()
    }

    #[test]
    fn secrets_of_one_store_that_wait_have_the_code_of_the_wait() {
        let limited = || Failure::new(ExitCode::RateLimited, "words");
        for (stores, other, code) in [
            (1, ExitCode::RateLimited, ExitCode::RateLimited),
            (1, ExitCode::NoAnswer, ExitCode::Partial),
            (1, ExitCode::UnknownOutcome, ExitCode::UnknownOutcome),
            (2, ExitCode::RateLimited, ExitCode::Partial),
        ] {
            let mut failures = Failures::among(stores, Output { json: true, ..Output::default() });
            failures.now_among(3, "secrets");
            failures.add("A into s", limited());
            failures.add("B into s", Failure::new(other, "words"));
            assert_eq!(failures.finish().err().map(|failure| failure.code), Some(code), "{other:?}");
        }
    }

    #[test]
    fn one_target_has_its_own_code_and_several_share_one() {
        for (codes, targets, code) in [
            (&[][..], 3, None),
            (&[ExitCode::NotFound], 1, Some(ExitCode::NotFound)),
            (&[ExitCode::NotFound], 3, Some(ExitCode::Partial)),
            (&[ExitCode::NotFound; 3], 3, Some(ExitCode::Partial)),
            (&[ExitCode::NotFound, ExitCode::UnknownOutcome], 3, Some(ExitCode::UnknownOutcome)),
        ] {
            assert_eq!(failures(codes, targets).err().map(|failure| failure.code), code, "{codes:?}");
        }
    }
}
