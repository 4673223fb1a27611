//! Turns in rounds, so that whatever else the machine does meets all contestants alike; what counts is the median.

/// Gives everyone a turn in each round. Each round begins with another contestant, so that nobody is always the first.
///
/// # Errors
///
/// If one of them fails.
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

/// The value in the middle, or no number if there is none.
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
    fn each_round_begins_with_another_one() {
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
