//! The summary before a change of many stores: writes, requests, time, and a shorter alternative if there is
//! one.

use crate::arguments::Global;
use crate::session::Session;
use octoseal::{AnyStore, Family, Organization};
use std::collections::{BTreeMap, HashMap};
use std::time::Duration;

/// The lines below the sentence that describes the change.
#[derive(Default)]
pub(crate) struct Summary {
    pub(crate) lines: Vec<String>,
}

impl Summary {
    /// Counts the requests, and estimates their time with the profile. `writes` has a store for each write.
    pub(crate) fn of<'a>(
        session: &Session,
        global: &Global,
        writes: impl IntoIterator<Item = &'a AnyStore>,
        reads: usize,
    ) -> Self {
        // A GitHub App has a budget for each owner, and other credentials have one for everything.
        let mut accounts: HashMap<Option<&str>, u64> = HashMap::new();
        for store in writes {
            *accounts.entry(store.account().filter(|_| session.is_per_owner())).or_default() += 1;
        }
        let pacer = session.github().pacer();
        let times = accounts.iter().map(|(account, writes)| pacer.estimate(*account, reads as u64, *writes));
        let (time, writes) = (times.max().unwrap_or_default(), accounts.values().sum::<u64>());
        let requests = writes + reads as u64;
        let mut line = format!("{writes} writes, {requests} requests");
        if writes == 1 {
            line = format!("1 write, {requests} request{}", if requests == 1 { "" } else { "s" });
        }
        if time >= Duration::from_secs(1) {
            let profile = global.pace.profile.unwrap_or_default();
            line += &format!(", at least {} with --profile {profile}", spoken(time));
        }
        Self { lines: vec![line] }
    }

    /// Says that some of the work was refused already.
    pub(crate) fn add_failures(&mut self, failures: usize) {
        match failures {
            0 => {}
            1 => self.lines.push("1 more cannot be changed; its error is at the end".to_owned()),
            many => self.lines.push(format!("{many} more cannot be changed; their errors are at the end")),
        }
    }

    /// Suggests organizations, with the number of writes, if one value goes to many of their repositories.
    pub(crate) async fn suggest_organizations(&mut self, session: &Session, one: &str, stores: &[&AnyStore]) {
        let mut repositories: BTreeMap<(&str, Family), usize> = BTreeMap::new();
        for store in stores.iter().filter(|store| store.environment().is_none()) {
            if let Some(repository) = store.repository() {
                *repositories.entry((repository.owner(), store.family())).or_default() += 1;
            }
        }
        let mut instead = Vec::new();
        for ((owner, family), _) in
            repositories.into_iter().filter(|(_, count)| *count >= MANY).take(MOST_ASKED)
        {
            let Ok(organization) = Organization::new(owner) else { continue };
            // The owner can be a user.
            if session.github().send(organization.look_up()).await.is_ok() {
                instead.push(organization.store(family).to_string());
            }
        }
        match &instead[..] {
            [] => {}
            [store] => self.lines.push(format!("an organization {one} would take 1 write: {store}")),
            several => {
                let (count, stores) = (several.len(), several.join(", "));
                self.lines.push(format!("organization {one}s would take {count} writes: {stores}"));
            }
        }
    }
}

/// With fewer repositories an organization secret is no shorter alternative.
const MANY: usize = 5;
/// Maximum number of owners that are looked up for a suggestion.
const MOST_ASKED: usize = 4;

/// Formats a length of time.
pub(crate) fn spoken(time: Duration) -> String {
    let seconds = time.as_secs_f64().ceil() as u64;
    match seconds {
        0..120 => format!("{seconds} s"),
        120..7200 => format!("{} min", seconds.div_ceil(60)),
        _ => format!("{} h {} min", seconds / 3600, seconds % 3600 / 60),
    }
}

/// Formats a count: `1 store`, `2 stores`.
pub(crate) fn counted(count: usize, one: &str) -> String {
    match count {
        1 => format!("1 {one}"),
        _ => format!("{count} {one}s"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_is_formatted_in_the_largest_useful_unit() {
        for (seconds, words) in
            [(1, "1 s"), (119, "119 s"), (120, "2 min"), (3_700, "62 min"), (7_260, "2 h 1 min")]
        {
            assert_eq!(spoken(Duration::from_secs(seconds)), words);
        }
    }
}
