//! Few at a time: a turnstile that lets some through, some wait, and sends the rest away.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

#[derive(Debug, Default)]
struct Count {
    inside: usize,
    waiting: usize,
}

/// A turnstile.
#[derive(Debug)]
pub(crate) struct Turnstile {
    inside: usize,
    waiting: usize,
    count: Mutex<Count>,
    left: Condvar,
}

impl Turnstile {
    /// Lets `inside` through at a time, and `waiting` wait.
    pub(crate) fn new(inside: usize, waiting: usize) -> Self {
        Self { inside, waiting, count: Mutex::default(), left: Condvar::new() }
    }

    fn count(&self) -> MutexGuard<'_, Count> {
        self.count.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Does something once there is room; none if too many wait.
    pub(crate) fn pass<T>(&self, work: impl FnOnce() -> T) -> Option<T> {
        let mut count = self.count();
        if count.inside >= self.inside && count.waiting >= self.waiting {
            return None;
        }
        count.waiting += 1;
        while count.inside >= self.inside {
            count = self.left.wait(count).unwrap_or_else(PoisonError::into_inner);
        }
        count.waiting -= 1;
        count.inside += 1;
        drop(count);
        let _leaves = Leaves(self);
        Some(work())
    }
}

/// Leaves the turnstile, also when the work panics.
struct Leaves<'a>(&'a Turnstile);

impl Drop for Leaves<'_> {
    fn drop(&mut self) {
        self.0.count().inside -= 1;
        self.0.left.notify_one();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::sync::{Barrier, mpsc};

    use super::*;

    #[test]
    fn no_more_are_inside_than_may_and_the_rest_is_sent_away() {
        let turnstile = Turnstile::new(2, 1);
        let (inside, most) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let both = Barrier::new(3);
        let (go, wait) = mpsc::channel::<()>();
        let wait = Mutex::new(wait);
        std::thread::scope(|threads| {
            for _ in 0..2 {
                threads.spawn(|| {
                    turnstile.pass(|| {
                        most.fetch_max(inside.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                        both.wait();
                        wait.lock().unwrap().recv().unwrap();
                        inside.fetch_sub(1, Ordering::SeqCst);
                    })
                });
            }
            both.wait();
            // Two are inside. One waits; the next is sent away.
            let third = threads.spawn(|| turnstile.pass(|| inside.load(Ordering::SeqCst)));
            while turnstile.count().waiting == 0 {
                std::hint::spin_loop();
            }
            assert_eq!(turnstile.pass(|| ()), None);
            go.send(()).unwrap();
            assert!(third.join().unwrap().unwrap() <= 1);
            go.send(()).unwrap();
        });
        assert_eq!(most.load(Ordering::SeqCst), 2);
        assert_eq!(turnstile.pass(|| 7), Some(7));
    }

    #[test]
    fn who_panics_leaves_too() {
        let turnstile = Turnstile::new(1, 0);
        let panics = || turnstile.pass(|| panic!("on purpose"));
        let caught = std::panic::catch_unwind(std::panic::AssertUnwindSafe(panics));
        assert!(caught.is_err());
        assert_eq!(turnstile.pass(|| 1), Some(1));
    }
}
