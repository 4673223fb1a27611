//! Turns in rounds, so that other work of the machine affects all contestants alike. The median counts.

/// Gives every contestant a turn in each round. Each round begins with another contestant, so that none is
/// always the first.
///
/// # Errors
///
/// If a turn fails.
pub fn take<T>(
    rounds: usize,
    everyone: &mut [T],
    mut turn: impl FnMut(&mut T) -> Result<(), String>,
) -> Result<(), String> {
    for round in 0..rounds {
        let (last, first) = everyone.split_at_mut(round % everyone.len().max(1));
        first.iter_mut().chain(last).try_for_each(&mut turn)?;
    }
    Ok(())
}

/// Returns the median, or NaN without values.
pub fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_not_moved_by_one_slow_turn() {
        assert_eq!(median(vec![2.0, 900.0, 1.0, 3.0, 2.0]), 2.0);
        assert!(median(Vec::new()).is_nan());
    }

    #[test]
    fn each_round_begins_with_another_contestant() {
        let mut order = String::new();
        let turn = |name: &mut char| {
            order.push(*name);
            Ok(())
        };
        take(4, &mut ['a', 'b', 'c'], turn).unwrap();
        assert_eq!(order, "abcbcacababc");
    }

    #[test]
    fn a_failure_ends_the_rounds() {
        let failed = take(3, &mut [1, 2], |_| Err("no".to_owned()));
        assert_eq!(failed, Err("no".to_owned()));
    }
}
