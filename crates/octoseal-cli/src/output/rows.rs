//! Errors in a few rows of a terminal.

/// Characters of what failed: three rows of a terminal. A message of GitHub can have thousands.
const LONGEST: usize = 240;
const MORE: &str = "… (--verbose shows all)";

/// Shortens what failed, the first line of an error. Advice is never cut.
pub(super) fn fit(text: &str) -> String {
    let (error, advice) = text.split_at(text.find('\n').unwrap_or(text.len()));
    if error.chars().count() <= LONGEST {
        return text.to_owned();
    }
    let room = LONGEST - MORE.chars().count();
    let end = error.char_indices().nth(room).map_or(error.len(), |(end, _)| end);
    let fitting = &error[..end];
    let cut = fitting.rfind(' ').unwrap_or(fitting.len());
    format!("{}{MORE}{advice}", &fitting[..cut])
}

#[cfg(test)]
mod tests {
    use super::{LONGEST, fit};
    use proptest::prelude::*;

    #[test]
    fn advice_is_never_cut() {
        let advice = "\n  ".to_owned() + &"a long piece of advice ".repeat(40);
        assert_eq!(fit(&format!("error: no{advice}")), format!("error: no{advice}"));
        let long = fit(&format!("error: {}{advice}", "words ".repeat(100)));
        assert!(long.ends_with(&format!("words… (--verbose shows all){advice}")), "{long}");
    }

    proptest! {
        #[test]
        fn what_failed_fits(text in "[a-zäß… ;:,]{1,900}") {
            prop_assert!(fit(&text).chars().count() <= LONGEST);
        }
    }
}
