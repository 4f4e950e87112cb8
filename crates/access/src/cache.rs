//! Answers that were given, by question. As an answer follows from its question and the policies alone, none is ever out of date.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use precinct_base::caps;

use crate::question::Question;

/// Answers by question; emptied when there are [`caps::POLICY_ANSWERS`].
#[derive(Debug)]
pub(crate) struct Cache<T>(Mutex<BTreeMap<Question, Arc<T>>>);

impl<T> Default for Cache<T> {
    fn default() -> Self {
        Self(Mutex::new(BTreeMap::new()))
    }
}

impl<T> Cache<T> {
    /// The answer to a question, from before or from `answer`, which runs without holding anybody up.
    pub(crate) fn get(&self, question: Question, answer: impl FnOnce(&Question) -> T) -> Arc<T> {
        // Whoever panicked with the lock left whole answers behind.
        let lock = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = lock().get(&question) {
            return Arc::clone(known);
        }
        let answer = Arc::new(answer(&question));
        let mut answers = lock();
        if answers.len() >= caps::POLICY_ANSWERS {
            answers.clear();
        }
        answers.insert(question, Arc::clone(&answer));
        answer
    }
}
