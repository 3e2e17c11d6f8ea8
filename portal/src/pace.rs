//! How often something may be done: counts kept in memory, for what would be too much work to write down each time.
//! A restart forgets them, which gives nobody more than one window's worth.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

/// So many times in so many seconds, for each key.
#[derive(Debug)]
pub struct Pace {
    most: u32,
    window: i64,
    counts: Mutex<Counts>,
}

#[derive(Debug, Default)]
struct Counts {
    of: HashMap<String, Count>,
    swept_at: i64,
}

#[derive(Debug)]
struct Count {
    since: i64,
    times: u32,
}

/// The paces the portal keeps.
#[derive(Debug)]
pub struct Paces {
    /// Redemptions that were refused, for each address. A code can't be guessed; this only bounds the work.
    pub refused_redemptions: Pace,
    /// Passwords given out, for each browser session: whoever has a stolen token can't empty a long list at once.
    /// All tokens of a session count together, so that a new one does not start anew.
    pub credentials: Pace,
    /// Outcomes reported and passwords stored or removed, for each browser session, three for each password: a fill has two or
    /// three, and nobody may fill the disk with them.
    pub outcomes: Pace,
}

impl Paces {
    /// With so many passwords a minute, which the operator decides.
    pub fn new(passwords_a_minute: u32) -> Self {
        let outcomes = passwords_a_minute.saturating_mul(3);
        Self {
            refused_redemptions: Pace::new(100, 5 * 60),
            credentials: Pace::new(passwords_a_minute, 60),
            outcomes: Pace::new(outcomes, 60),
        }
    }
}

impl Pace {
    /// So many times in so many seconds.
    pub fn new(most: u32, window: i64) -> Self {
        Self { most, window, counts: Mutex::default() }
    }

    /// Whether a count has ended, or began after now, as it does when a clock is put back.
    fn is_over(&self, since: i64, now: i64) -> bool {
        !(0..self.window).contains(&(now - since))
    }

    /// Counts one more time, or gives how many seconds to wait; waiting counts for nothing.
    pub fn admit(&self, key: &str, now: i64) -> Option<i64> {
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        if self.is_over(counts.swept_at, now) {
            counts.swept_at = now;
            counts.of.retain(|_, count| !self.is_over(count.since, now));
        }
        let fresh = || Count { since: now, times: 0 };
        let count = counts.of.entry(key.to_owned()).or_insert_with(fresh);
        if self.is_over(count.since, now) {
            *count = fresh();
        }
        if count.times >= self.most {
            return Some((count.since + self.window - now).max(1));
        }
        count.times += 1;
        None
    }

    /// Takes one time back that turned out not to count.
    pub fn forgive(&self, key: &str) {
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = counts.of.get_mut(key) {
            count.times = count.times.saturating_sub(1);
        }
    }

    /// How many keys are remembered.
    pub fn remembered(&self) -> usize {
        let counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        counts.of.len()
    }
}

/// When to come back, as a sentence.
pub fn try_again(seconds: i64) -> String {
    if seconds < 90 { "Try again in a minute.".to_owned() } else { format!("Try again in {} minutes.", (seconds + 59) / 60) }
}
