//! How far a long command is: a bar on standard error when somebody looks at it, else nothing.

use crate::interruption::Interruption;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use luotsi_app::{import, import::Advance, steering};

/// Shows the progress of one command, and passes Ctrl-C on to it.
pub struct Bar {
    bar: ProgressBar,
    interruption: Interruption,
}

impl Bar {
    /// indicatif shows nothing where standard error is no terminal.
    pub fn new(what: &'static str, interruption: Interruption) -> Self {
        let bar = ProgressBar::with_draw_target(Some(0), ProgressDrawTarget::stderr()).with_message(what);
        if let Ok(style) = ProgressStyle::with_template("{msg} {wide_bar} {percent} %, {eta} left") {
            bar.set_style(style);
        }
        Self { bar, interruption }
    }

    /// So much is to be done.
    pub fn expect(&self, count: u64) {
        self.bar.set_length(count);
    }

    pub fn add(&self, done: u64) {
        self.bar.inc(done);
    }

    /// Passes Ctrl-C on and leaves the bar to its owner.
    pub fn quietly(&self) -> Quiet<'_> {
        Quiet(&self.interruption)
    }
}

/// Shows nothing; stops when asked.
pub struct Quiet<'a>(&'a Interruption);

impl import::Progress for Quiet<'_> {
    fn advance(&self, _: Advance) {}

    fn is_cancelled(&self) -> bool {
        self.0.is_asked()
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}

impl import::Progress for Bar {
    fn advance(&self, done: Advance) {
        self.bar.set_length(done.bytes_total);
        self.bar.set_position(done.bytes_read);
    }

    fn is_cancelled(&self) -> bool {
        self.interruption.is_asked()
    }
}

impl steering::Progress for Bar {
    fn begin(&self, accounts: usize) {
        self.bar.inc_length(accounts as u64);
    }

    fn advance(&self, accounts: usize) {
        self.bar.inc(accounts as u64);
    }

    fn is_cancelled(&self) -> bool {
        self.interruption.is_asked()
    }
}
