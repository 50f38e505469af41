//! Ctrl-C and the signal to terminate: a long command ends between two slices, so that nothing is left half, and the
//! server finishes the answers under way; a second Ctrl-C ends a command at once.

use std::{
    io,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

/// Whether the person has asked the command to stop.
#[derive(Clone, Debug, Default)]
pub struct Interruption {
    asked: Arc<AtomicBool>,
}

impl Interruption {
    /// Listens from now on.
    pub fn listen() -> Self {
        let interruption = Self::default();
        let heard = interruption.clone();
        std::thread::spawn(move || {
            let Ok(runtime) = tokio::runtime::Builder::new_current_thread().enable_all().build() else {
                return;
            };
            runtime.block_on(async {
                let Ok(mut signals) = StopSignals::listen() else { return };
                signals.next().await;
                heard.asked.store(true, Ordering::Relaxed);
                signals.next().await;
                std::process::exit(130);
            });
        });
        interruption
    }

    pub fn is_asked(&self) -> bool {
        self.asked.load(Ordering::Relaxed)
    }
}

/// Signals that came since it was made; to be made within a runtime.
#[cfg(unix)]
pub struct StopSignals {
    interrupt: tokio::signal::unix::Signal,
    terminate: tokio::signal::unix::Signal,
}

#[cfg(unix)]
impl StopSignals {
    pub fn listen() -> io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Self { interrupt: signal(SignalKind::interrupt())?, terminate: signal(SignalKind::terminate())? })
    }

    pub async fn next(&mut self) {
        tokio::select! {
            _ = self.interrupt.recv() => (),
            _ = self.terminate.recv() => (),
        }
    }
}

#[cfg(not(unix))]
pub struct StopSignals;

#[cfg(not(unix))]
impl StopSignals {
    pub fn listen() -> io::Result<Self> {
        Ok(Self)
    }

    pub async fn next(&mut self) {
        let _ = tokio::signal::ctrl_c().await;
    }
}
