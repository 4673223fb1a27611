//! Filters, names, and the checks of values.

use super::ciphertext;
use super::entry::{Entries, Entry};
use super::error::InputErrors;
use super::fault::Fault;
use super::limits::MAX_ERRORS;
use super::member::{Leaf, Member};
use super::note::{Note, Remark};
use super::pattern::Pattern;
use super::settings::Settings;
use octoseal::limits::MAX_VALUE_BYTES;
use octoseal::{SecretName, SecretValue};
use std::collections::HashMap;

/// Returns the members that the settings select. Errors of other members' names and values are ignored.
pub(super) fn entries(members: Vec<Member>, settings: &Settings, errors: &mut InputErrors) -> Entries {
    report_repeated(&members, errors);
    report_unused(&members, settings, errors);
    let had_members = !members.is_empty();
    let mut chosen = Entries::default();
    let mut lines = HashMap::new();
    let mut selected = 0;
    for member in members.into_iter().filter(|member| is_selected(member, settings)) {
        selected += 1;
        let name = name(&member, settings);
        if let Ok(name) = &name {
            let (first, key) =
                lines.entry(name.clone()).or_insert_with(|| (member.place.line, member.key.clone()));
            if *key != member.key {
                errors.push_member(&member, Fault::RepeatedName { first: *first });
            }
        }
        let faults =
            [name.as_ref().err().cloned().map(Fault::InvalidName), value_fault(&member.leaf, settings)];
        faults.into_iter().flatten().for_each(|fault| errors.push_member(&member, fault));
        if let (Ok(name), true) = (name, errors.is_empty()) {
            chosen.add(name, member, settings);
        }
    }
    if selected == 0 && had_members {
        errors.push(None, None, Fault::NothingSelected);
    }
    chosen
}

impl Entries {
    fn add(&mut self, name: SecretName, member: Member, settings: &Settings) {
        let Member { key, place, leaf, remarks, .. } = member;
        let (Leaf::Text(value) | Leaf::Scalar(_, value)) = leaf else { return };
        let notes = remarks.into_iter().chain(remarks_on(&value)).map(|remark| Note {
            line: place.line,
            key: key.clone(),
            remark,
        });
        let space = MAX_ERRORS.saturating_sub(self.notes.len());
        self.notes.extend(notes.take(space));
        let is_variable = any(&settings.as_variables, &key);
        let entry = Entry { name, value, key, line: place.line };
        if is_variable { self.variables.push(entry) } else { self.secrets.push(entry) }
    }
}

fn remarks_on(value: &SecretValue) -> impl Iterator<Item = Remark> {
    let newline = value.expose().ends_with(b"\n").then_some(Remark::TrailingNewline);
    let encoding = ciphertext::suspicious_encoding(value.expose()).map(Remark::Encoding);
    newline.into_iter().chain(encoding)
}

fn any(patterns: &[Pattern], key: &str) -> bool {
    patterns.iter().any(|pattern| pattern.matches(key))
}

fn is_selected(member: &Member, settings: &Settings) -> bool {
    (settings.only.is_empty() || any(&settings.only, &member.key)) && !any(&settings.except, &member.key)
}

fn name(member: &Member, settings: &Settings) -> Result<SecretName, octoseal::ModelError> {
    let rename = settings.rename.iter().find(|rename| rename.key().eq_ignore_ascii_case(&member.key));
    match rename {
        Some(rename) => Ok(rename.name().clone()),
        None => SecretName::new(&format!("{}{}", settings.prefix, member.key)),
    }
}

fn value_fault(leaf: &Leaf, settings: &Settings) -> Option<Fault> {
    let value = match leaf {
        Leaf::Faulty => return None,
        Leaf::Other(kind) => return Some(Fault::NotText(*kind)),
        Leaf::Scalar(kind, _) if !settings.stringify => return Some(Fault::NotText(*kind)),
        Leaf::Scalar(_, value) | Leaf::Text(value) => value,
    };
    if value.is_empty() {
        return (!settings.allow_empty).then_some(Fault::EmptyValue);
    }
    if value.len() > MAX_VALUE_BYTES {
        return Some(Fault::ValueTooLong);
    }
    if value.expose().contains(&0) {
        return Some(Fault::Nul);
    }
    let kind = ciphertext::kind(value.expose()).filter(|_| !settings.allow_encrypted);
    kind.map(Fault::EncryptedValue)
}

/// Reports duplicate keys, whether they are selected or not, since it is unknown which value is meant.
fn report_repeated(members: &[Member], errors: &mut InputErrors) {
    let mut lines = HashMap::new();
    for member in members {
        let first = *lines.entry(&member.key).or_insert(member.place);
        if first != member.place {
            errors.push_member(member, Fault::RepeatedKey { first: Some(first.line) });
        }
    }
}

/// Reports patterns and renames without a key, since they may be misspelled.
///
/// A text with an error may have keys that were not read, so unused patterns are not reported then.
fn report_unused(members: &[Member], settings: &Settings, errors: &mut InputErrors) {
    if !errors.is_empty() {
        return;
    }
    let of = |setting: &'static str, patterns: &[Pattern]| -> Vec<Fault> {
        let unused =
            patterns.iter().filter(|pattern| !members.iter().any(|member| pattern.matches(&member.key)));
        unused.map(|pattern| Fault::UnusedPattern { setting, pattern: pattern.to_string() }).collect()
    };
    let mut faults = of("only", &settings.only);
    faults.extend(of("except", &settings.except));
    faults.extend(of("as-variables", &settings.as_variables));
    for (position, rename) in settings.rename.iter().enumerate() {
        let is_same = |key: &str| key.eq_ignore_ascii_case(rename.key());
        let is_repeated = settings.rename[..position].iter().any(|before| is_same(before.key()));
        if is_repeated || !members.iter().any(|member| is_same(&member.key) && is_selected(member, settings))
        {
            faults.push(Fault::UnusedRename { key: rename.key().to_owned() });
        }
    }
    faults.into_iter().for_each(|fault| errors.push(None, None, fault));
}
