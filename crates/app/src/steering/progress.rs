//! How far a watch is, for whoever waits for it.

/// Told how far the work is; asked whether to stop.
pub trait Progress: Sync {
    /// So many accounts are to be looked at, once or twice each.
    fn begin(&self, accounts: usize);
    fn advance(&self, accounts: usize);
    fn is_cancelled(&self) -> bool;
}

/// Nobody is told and nobody stops it.
pub struct Silent;

impl Progress for Silent {
    fn begin(&self, _: usize) {}
    fn advance(&self, _: usize) {}
    fn is_cancelled(&self) -> bool {
        false
    }
}
