//! Comparison of a page's output with a command's output.

use crate::settle::settle;

/// The line that stands for any number of lines.
const ELISION: &str = "…";

/// Outcomes of one command may come in any order.
const OUTCOMES: [&str; 6] = ["created ", "updated ", "deleted ", "copied ", "wrote ", "{\"name\":"];

/// Returns whether the lines are the same, apart from differences between runs.
pub(crate) fn agree(shown: &[String], printed: &[String]) -> bool {
    let (shown, printed) = (sorted(shown), sorted(printed));
    let mut pieces = shown.split(|line| line == ELISION);
    let first = pieces.next().unwrap_or_default();
    let Some(mut rest) = printed.strip_prefix(first) else { return false };
    let mut last: Option<&[String]> = None;
    for piece in pieces {
        if let Some(piece) = last {
            let Some(start) = find(rest, piece) else { return false };
            rest = &rest[start + piece.len()..];
        }
        last = Some(piece);
    }
    last.map_or(rest.is_empty(), |end| rest.ends_with(end))
}

fn find(lines: &[String], piece: &[String]) -> Option<usize> {
    (0..=lines.len().checked_sub(piece.len())?).find(|start| lines[*start..].starts_with(piece))
}

/// Replaces variable parts of the lines, and sorts consecutive outcomes.
fn sorted(lines: &[String]) -> Vec<String> {
    let mut lines: Vec<_> = lines.iter().map(|line| without_seconds(&settle(line))).collect();
    let is_outcome = |line: &String| OUTCOMES.iter().any(|it| line.starts_with(it));
    lines.chunk_by_mut(|a, b| is_outcome(a) && is_outcome(b)).for_each(<[String]>::sort);
    lines
}

/// Replaces the length of a wait, as in "trying again in 0.3 s".
fn without_seconds(line: &str) -> String {
    let Some((before, after)) = line.split_once(" again in ") else { return line.to_owned() };
    let unit = after.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(after.len());
    format!("{before} again in …{}", &after[unit..])
}

#[test]
fn differences_between_runs_are_accepted() {
    let lines = |text: &str| text.lines().map(str::to_owned).collect::<Vec<_>>();
    let same = |shown, printed| agree(&lines(shown), &lines(printed));
    assert!(same("A  2026-01-02T03:04:05Z", "A  2027-01-02T03:04:05Z"));
    assert!(same("at http://127.0.0.1:8080, today", "at http://127.0.0.1:36127, today"));
    assert!(same("trying again in 0.3 s", "trying again in 12 s"));
    assert!(same("created A\nupdated B", "updated B\ncreated A"));
    assert!(same("a\n…\nd", "a\nb\nc\nd") && same("…", "") && same("a\n…\nb\n…", "a\nx\nb\ny"));
    for (shown, printed) in [("a", "b"), ("a", "a\nb"), ("a\n…", "b"), ("…\nb", "b\na"), ("b\na", "a\nb")]
    {
        assert!(!same(shown, printed), "{shown:?} {printed:?}");
    }
}
