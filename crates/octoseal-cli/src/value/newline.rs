//! The newline at the end of an input.

/// The length of the longest newline in bytes.
pub(super) const LONGEST: usize = 2;

/// Returns the length of one newline (`\n` or `\r\n`) at the end of `value`.
pub(super) fn at_the_end_of(value: &[u8]) -> usize {
    if value.ends_with(b"\r\n") { 2 } else { usize::from(value.ends_with(b"\n")) }
}

#[cfg(test)]
mod tests {
    use super::at_the_end_of;

    #[test]
    fn exactly_one_newline_is_found() {
        for (value, length) in
            [("a", 0), ("a\n", 1), ("a\r\n", 2), ("a\n\n", 1), ("a\r", 0), ("\n", 1), ("", 0), ("a\n\r\n", 2)]
        {
            assert_eq!(at_the_end_of(value.as_bytes()), length, "{value:?}");
        }
    }
}
