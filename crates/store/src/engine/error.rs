//! What can go wrong with a database, told by what the caller can do about it.

/// Its text is a sentence to a person.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    #[error(
        "The database address `{0}` is not understood: write sqlite:PATH or postgres://USER@HOST/DATABASE."
    )]
    Address(String),
    #[error(
        "This database was last used by a newer Luotsi (its schema is {found}, this program knows {known}): \
         install that version or a newer one."
    )]
    Newer { found: i64, known: i64 },
    #[error(
        "Migration {number} of this database is not the one this program was built with: \
         use the program that made the database, or restore a backup."
    )]
    Edited { number: i64 },
    #[error("{0} is not a Luotsi database: check the address, or give that of a new one.")]
    NotADatabase(String),
    #[error("{what} cannot be opened: {why}. Check that its folder is there and that you may write to it.")]
    CannotOpen { what: String, why: String },
    #[error("No connection to the PostgreSQL server: {0}. Check that it runs and that the address is right.")]
    CannotConnect(String),
    #[error(
        "The PostgreSQL server has {setting} = {found}: a power cut could lose what was saved. \
         Set it to {wanted} and start again."
    )]
    Unsafe { setting: &'static str, found: String, wanted: &'static str },
    #[error("The database is in use by another program: try again when it has finished.")]
    Locked,
    #[error("The database is read-only: give this user the right to write to it and to its folder.")]
    ReadOnly,
    #[error("The disk of the database is full: make room and try again. Nothing was saved by halves.")]
    Full,
    #[error("The database is damaged ({0}): restore the last backup.")]
    Damaged(String),
    #[error(
        "The disk failed while saving ({0}): the program must be started again. Nothing was confirmed wrongly."
    )]
    Stopped(String),
    #[error("The connection to the database was lost, nothing was saved: try again.")]
    ConnectionLost,
    #[error(
        "The connection to the database was lost while saving: look whether it was saved, then try again."
    )]
    OutcomeUnknown,
    #[error("Others changed the same thing at the same moment: try again.")]
    Busy,
    #[error("The same is there already ({0}).")]
    Taken(String),
    #[error("The database refused this value ({0}).")]
    Constraint(String),
    /// A mistake of ours, not of the caller's.
    #[error("Luotsi asked the database something wrong ({0}): please report it.")]
    Statement(String),
    /// A unit of work that panicked; it left no trace.
    #[error("Luotsi made a mistake and saved nothing ({0}): please report it.")]
    Panicked(String),
}

impl StoreError {
    /// A name in the database that this program does not know: it was not written by this program.
    pub(crate) fn unknown(what: &str, name: &str) -> Self {
        Self::Damaged(format!("unknown {what} `{name}`"))
    }

    /// Whatever was asked, the database cannot do it now and may in a while: nothing is wrong with the request.
    pub fn is_passing(&self) -> bool {
        match self {
            Self::Busy
            | Self::Locked
            | Self::ConnectionLost
            | Self::OutcomeUnknown
            | Self::CannotConnect(_)
            | Self::Full => true,
            Self::Address(_)
            | Self::Newer { .. }
            | Self::Edited { .. }
            | Self::NotADatabase(_)
            | Self::CannotOpen { .. }
            | Self::Unsafe { .. }
            | Self::ReadOnly
            | Self::Damaged(_)
            | Self::Stopped(_)
            | Self::Taken(_)
            | Self::Constraint(_)
            | Self::Statement(_)
            | Self::Panicked(_) => false,
        }
    }

    /// The transaction can be run again as it is: nothing of it was kept.
    pub(crate) fn is_worth_another_try(&self) -> bool {
        matches!(self, Self::Busy | Self::ConnectionLost)
    }
}
