//! Replacement of the parts of an output line that differ between runs.

/// Replaces times, keys, sealed values, request ids and ports with fixed words.
pub(crate) fn settle(line: &str) -> String {
    let is_end = |c: char| [' ', '"', ',', '\t'].contains(&c);
    let words = line.split_inclusive(is_end).map(|part| match part.strip_suffix(is_end) {
        Some(inner) => format!("{}{}", word(inner), &part[inner.len()..]),
        None => word(part),
    });
    without_jitter(&without_ports(&words.collect::<String>()))
}

/// Replaces the seconds before a retry, which are random.
fn without_jitter(line: &str) -> String {
    const BEFORE: &str = "trying again in ";
    match line.split_once(BEFORE).and_then(|(start, rest)| Some((start, rest.split_once(" s")?.1))) {
        Some((start, end)) => format!("{start}{BEFORE}SECONDS s{end}"),
        None => line.to_owned(),
    }
}

fn word(word: &str) -> String {
    let is_moment = word.len() == 20 && word.ends_with('Z') && word.contains(':');
    let is_base64 =
        word.len() >= 44 && word.bytes().all(|b| b.is_ascii_alphanumeric() || b"+/=".contains(&b));
    let is_request_id = word.split(':').count() == 5;
    match word {
        _ if is_request_id => "REQUEST-ID".to_owned(),
        _ if is_moment => "MOMENT".to_owned(),
        _ if is_base64 => format!("BASE64-{}", word.len()),
        _ => word.to_owned(),
    }
}

/// Replaces the ports that the system selected. Ports below 1024 are fixed by the test.
fn without_ports(line: &str) -> String {
    const HOST: &str = "127.0.0.1:";
    let mut parts = line.split(HOST);
    let mut settled = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let digits = part.find(|c: char| !c.is_ascii_digit()).unwrap_or(part.len());
        let port = if digits > 3 { "PORT" } else { &part[..digits] };
        settled.extend([HOST, port, &part[digits..]]);
    }
    settled
}
