//! Any status, headers and body are read or refused. Errors are short and never repeat the request.
//!
//! An input is the status, a line for each header, an empty line, and the body.
#![no_main]

use bytes::Bytes;
use http::{HeaderName, HeaderValue, Response};
use libfuzzer_sys::fuzz_target;
use octoseal_model::*;
use std::fmt::Debug;

/// The texts that a write sends. No answer may repeat them.
const SENT: [&str; 2] = ["q83vEjRWeJq83vEjRWeJq83vEjRWeJq83vEjRWeJq83vEjRWeJq83vEjRWeJq83v", "568250167242549743"];

fuzz_target!(|bytes: &[u8]| {
    let Some(response) = response(bytes) else { return };
    let store = Organization::new("acme").expect("it is a name").store(Family::Dependabot);
    let name = SecretName::new("A").expect("it is a name");
    let page = PageRequest::default();
    if let Some(page) = read(store.list(page), &response) {
        assert!(page.items.len() <= usize::from(limits::MAX_PAGE_SIZE));
        page.items.iter().for_each(secret);
    }
    if let Some(secret_read) = read(store.get(&name), &response) {
        secret(&secret_read);
    }
    if let Some(key) = read(store.public_key(), &response) {
        assert!((1..=64).contains(&key.key_id.len()) && key.key.len() <= 64);
        assert!(key.key_id.bytes().all(|byte| byte.is_ascii_graphic()));
    }
    if let Some(page) = read(store.selected_repositories(&name, page), &response) {
        page.items.iter().for_each(|repository| printable(&repository.full_name));
    }
    if let Some(account) = read(support::authenticated_user(), &response) {
        printable(&account.login);
        account.scopes.iter().for_each(|scopes| printable(scopes));
    }
    read(support::hourly_limit(), &response);
    read(Repository::new("o", "r").expect("it is a name").look_up(), &response);
    read(store.delete(&name), &response);
    let key = StoreKey { key_id: SENT[1].to_owned(), key: String::new() };
    let value = SealedValue::new(&key, SENT[0].to_owned()).expect("48 bytes are enough");
    let write = store.put(&name, &value, Visibility::selected([1]));
    if let Err(error) = write.read(&response) {
        let said = format!("{error} {error:?}");
        assert!(SENT.iter().all(|sent| !said.contains(sent)), "{said}");
    }
});

fn response(bytes: &[u8]) -> Option<Response<Bytes>> {
    let end = bytes.windows(2).position(|pair| pair == b"\n\n").unwrap_or(bytes.len());
    let (head, body) = bytes.split_at(end);
    let mut lines = head.split(|&byte| byte == b'\n');
    let status: u16 = std::str::from_utf8(lines.next()?).ok()?.trim().parse().ok()?;
    let mut response = Response::builder().status(status);
    for line in lines {
        let colon = line.iter().position(|&byte| byte == b':')?;
        let name = HeaderName::from_bytes(&line[..colon]).ok()?;
        response = response.header(name, HeaderValue::from_bytes(line[colon + 1..].trim_ascii()).ok()?);
    }
    response.body(Bytes::copy_from_slice(body)).ok()
}

/// Reads the answer. An error must be short and free of characters that steer a terminal.
fn read<R: Debug>(request: Request<R>, response: &Response<Bytes>) -> Option<R> {
    match request.read(response) {
        Ok(answer) => Some(answer),
        Err(error) => {
            let said = error.to_string();
            // The message, and three texts of each of 16 fields.
            assert!(said.chars().count() <= (1 + 16 * 3) * (limits::MAX_MESSAGE_CHARACTERS + 10) + 100);
            assert!(!said.chars().any(char::is_control), "{said:?}");
            None
        }
    }
}

fn secret(secret: &Secret) {
    printable(&secret.name);
    secret.visibility.iter().for_each(|word| printable(word.as_str()));
    for time in secret.created_at.iter().chain(&secret.updated_at) {
        assert_eq!(Timestamp::parse(&time.to_string()), Some(*time));
    }
}

fn printable(text: &str) {
    assert!(text.chars().count() <= limits::MAX_MESSAGE_CHARACTERS);
    assert!(!text.chars().any(|c| c.is_control() || c == '\u{202e}'), "{text:?}");
}
