//! Percentiles of exact values.

use super::Ratio;

/// The percentile of `sorted` (ascending) by linear interpolation, Hyndman and Fan's type 7 (1996): position
/// (n - 1) x `percent` / 100 counted from 0. `None` of nothing. `percent` is 0..=100.
pub fn percentile(sorted: &[i64], percent: u32) -> Option<Ratio> {
    let last = sorted.len().checked_sub(1)?;
    let position = last as i128 * i128::from(percent);
    let (below, rest) = ((position / 100) as usize, position % 100);
    let low = i128::from(*sorted.get(below)?);
    let high = i128::from(*sorted.get(below + 1).unwrap_or(&sorted[below]));
    Some(Ratio::new(low * 100 + rest * (high - low), 100))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// R: quantile(c(1, 2, 3, 4), 0.75) is 3.25; quantile(c(10, 20), 0.9) is 19.
    #[test]
    fn percentiles_are_those_of_r() {
        assert_eq!(percentile(&[1, 2, 3, 4], 75), Some(Ratio::new(13, 4)));
        assert_eq!(percentile(&[10, 20], 90), Some(Ratio::new(19, 1)));
        assert_eq!(percentile(&[7], 75), Some(Ratio::new(7, 1)));
        assert_eq!(percentile(&[], 75), None);
    }
}
