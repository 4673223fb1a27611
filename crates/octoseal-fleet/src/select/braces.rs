//! Alternatives in braces: `acme/{api,web}/actions` is two texts.

use super::error::SelectError;

/// Maximum number of alternatives of one text.
pub(super) const MAX_ALTERNATIVES: usize = 10_000;

/// Returns every alternative of `text`, in order.
///
/// # Errors
///
/// If braces are not balanced or are nested, or if there are too many alternatives.
pub(super) fn expand(text: &str) -> Result<Vec<String>, SelectError> {
    let mut texts = vec![String::new()];
    let mut rest = text;
    while let Some(open) = rest.find(['{', '}']) {
        let (before, after) = rest.split_at(open);
        let inner = after.strip_prefix('{').and_then(|inner| inner.split_once('}'));
        let (alternatives, after) = inner.ok_or(SelectError::Braces)?;
        if alternatives.contains('{') || !alternatives.contains(',') {
            return Err(SelectError::Braces);
        }
        let alternatives: Vec<&str> = alternatives.split(',').collect();
        if texts.len() * alternatives.len() > MAX_ALTERNATIVES {
            return Err(SelectError::TooManyAlternatives);
        }
        let each = |text: &String| -> Vec<String> {
            alternatives.iter().map(|alternative| format!("{text}{before}{alternative}")).collect()
        };
        texts = texts.iter().flat_map(each).collect();
        rest = after;
    }
    texts.iter_mut().for_each(|text| text.push_str(rest));
    Ok(texts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_alternative_is_a_text() {
        for (text, texts) in [
            ("a", &["a"][..]),
            ("a/{b,c}", &["a/b", "a/c"]),
            ("{a,b}/{c,d}e", &["a/ce", "a/de", "b/ce", "b/de"]),
            ("a{,b}", &["a", "ab"]),
        ] {
            let texts: Vec<String> = texts.iter().map(ToString::to_string).collect();
            assert_eq!(expand(text).expect("the braces are balanced"), texts);
        }
    }

    #[test]
    fn braces_that_are_not_balanced_or_have_no_alternatives_are_refused() {
        for text in ["{a", "a}", "{a}", "{}", "{a,{b,c}}", "}{"] {
            assert!(matches!(expand(text), Err(SelectError::Braces)), "{text}");
        }
    }

    #[test]
    fn a_text_that_stands_for_too_many_is_refused_before_they_are_made() {
        let ten = "{0,1,2,3,4,5,6,7,8,9}";
        assert_eq!(expand(&ten.repeat(4)).map_or(0, |texts| texts.len()), 10_000);
        assert!(matches!(expand(&ten.repeat(40)), Err(SelectError::TooManyAlternatives)));
    }
}
