//! How much one token may have done at once, so that one busy program leaves room for people; and which requests with a
//! key are being done.

use std::{
    collections::{HashMap, HashSet},
    hash::{DefaultHasher, Hash, Hasher},
    sync::{Arc, Mutex, PoisonError},
};

/// Enough for a program that sends its changes from many threads.
pub const TOGETHER_MAX: usize = 64;

/// The requests under way, by token.
#[derive(Default)]
pub struct Turns {
    under_way: Mutex<HashMap<u64, usize>>,
}

/// One request's turn, given back when dropped.
pub struct Turn {
    turns: Arc<Turns>,
    token: u64,
}

impl Turns {
    /// `None` when the token has too much under way.
    pub fn enter(self: &Arc<Self>, token: &str) -> Option<Turn> {
        let mut hasher = DefaultHasher::new();
        token.hash(&mut hasher);
        let token = hasher.finish();
        let mut under_way = self.under_way.lock().unwrap_or_else(PoisonError::into_inner);
        let of_token = under_way.entry(token).or_default();
        if TOGETHER_MAX <= *of_token {
            return None;
        }
        *of_token += 1;
        Some(Turn { turns: Arc::clone(self), token })
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        let mut under_way = self.turns.under_way.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(of_token) = under_way.get_mut(&self.token) {
            *of_token -= 1;
            if *of_token == 0 {
                under_way.remove(&self.token);
            }
        }
    }
}

/// The keys of the requests that are being done, each with whose it is.
pub struct Running<Whose> {
    keys: Mutex<HashSet<(Whose, String)>>,
}

/// A key in use, free again when dropped.
pub struct InUse<'a, Whose: Eq + Hash + Clone> {
    running: &'a Running<Whose>,
    key: (Whose, String),
}

impl<Whose> Default for Running<Whose> {
    fn default() -> Self {
        Self { keys: Mutex::new(HashSet::new()) }
    }
}

impl<Whose: Eq + Hash + Clone> Running<Whose> {
    /// `None` while another request with the same key is being done.
    pub fn begin(&self, whose: Whose, key: &str) -> Option<InUse<'_, Whose>> {
        let key = (whose, key.to_owned());
        let mut keys = self.keys.lock().unwrap_or_else(PoisonError::into_inner);
        keys.insert(key.clone()).then(|| InUse { running: self, key })
    }
}

impl<Whose: Eq + Hash + Clone> Drop for InUse<'_, Whose> {
    fn drop(&mut self) {
        self.running.keys.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.key);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_has_so_much_under_way_and_no_more() {
        let turns = Arc::new(Turns::default());

        let held: Vec<Turn> = (0..TOGETHER_MAX).filter_map(|_| turns.enter("one")).collect();

        assert_eq!(held.len(), TOGETHER_MAX);
        assert!(turns.enter("one").is_none());
        assert!(turns.enter("other").is_some());
        drop(held);
        assert!(turns.enter("one").is_some());
    }

    #[test]
    fn a_key_is_in_use_until_its_request_is_done() {
        let running = Running::default();

        let first = running.begin(1, "key");

        assert!(running.begin(1, "key").is_none());
        assert!(running.begin(2, "key").is_some());
        drop(first);
        assert!(running.begin(1, "key").is_some());
    }
}
