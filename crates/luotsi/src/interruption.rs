//! Ctrl-C: a long command ends between two slices, so that nothing is left half; a second one ends it at once.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

/// Whether the person has asked the command to stop.
#[derive(Clone, Debug, Default)]
pub struct Interruption {
    asked: Arc<AtomicBool>,
}

impl Interruption {
    /// Listens for Ctrl-C and the signal to terminate from now on.
    pub fn listen() -> Self {
        let interruption = Self::default();
        let heard = interruption.clone();
        std::thread::spawn(move || {
            let Ok(runtime) = tokio::runtime::Builder::new_current_thread().enable_all().build() else {
                return;
            };
            runtime.block_on(async {
                stop_signal().await;
                heard.asked.store(true, Ordering::Relaxed);
                stop_signal().await;
                std::process::exit(130);
            });
        });
        interruption
    }

    pub fn is_asked(&self) -> bool {
        self.asked.load(Ordering::Relaxed)
    }
}

/// Resolves at the next Ctrl-C or signal to terminate.
#[cfg(unix)]
pub async fn stop_signal() {
    use tokio::signal::unix::{SignalKind, signal};
    match signal(SignalKind::terminate()) {
        Ok(mut terminate) => {
            tokio::select! {
                _ = tokio::signal::ctrl_c() => (),
                _ = terminate.recv() => (),
            }
        }
        Err(_) => drop(tokio::signal::ctrl_c().await),
    }
}

#[cfg(not(unix))]
pub async fn stop_signal() {
    let _ = tokio::signal::ctrl_c().await;
}
