//! How far an import is, and whether to go on.

/// How much of a file has been taken in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Advance {
    pub rows: u64,
    /// As they stand in the file, packed or not.
    pub bytes_read: u64,
    pub bytes_total: u64,
}

/// Is told how far an import is, and says whether it is to stop. What has been taken in stays.
pub trait Progress: Sync {
    fn advance(&self, done: Advance);

    fn is_cancelled(&self) -> bool {
        false
    }
}

/// Shows nothing and never stops.
#[derive(Clone, Copy, Debug, Default)]
pub struct Silent;

impl Progress for Silent {
    fn advance(&self, _done: Advance) {}
}
