//! All versions of the strategy, ready for the rules.

use super::parse;
use luotsi_core::{
    strategy::{Strategy, StrategyVersion, StrategyVersions},
    units::Day,
};
use luotsi_store::{Query, StoreError, strategy};

/// Without any that was set, the strategy that Luotsi ships holds for all time.
pub fn versions(query: &impl Query) -> Result<StrategyVersions, StoreError> {
    let mut first = Strategy::default();
    let mut later = Vec::new();
    for row in strategy::versions(query)? {
        // Only what was read without a mistake is kept, so somebody has written past us.
        let (_, strategy) = parse(&row.toml).map_err(|mistake| {
            StoreError::Damaged(format!(
                "the strategy from {}, line {}: {}",
                row.from, mistake.line, mistake.sentence
            ))
        })?;
        match row.from {
            Day::MIN => first = strategy,
            from => later.push(StrategyVersion { from, strategy }),
        }
    }
    Ok(StrategyVersions::new(first, later))
}
