//! How often and how lately each app was launched, as one number that halves every ten days. It decides between hits that fit
//! equally well ([`crate::search`]), and is the account's own: it is never sent anywhere.

use crate::Millis;
use crate::json::{self, Fields, Object, Read, Value};

/// After so long a launch counts half: two working weeks, so that Monday's app is not forgotten over a holiday.
const HALF_LIFE: Millis = 10 * 24 * 60 * 60 * 1000;
/// What one launch counts.
const LAUNCH: u32 = 1024;
/// A score stays below this, so that hundreds of launches in one day do not outlive a changed habit.
const MOST: u32 = 64 * LAUNCH;
/// So many apps are remembered; of more, those with the least score are forgotten.
const MOST_APPS: usize = 200;

/// An app that was launched.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Used {
    app: String,
    /// The score at that moment.
    score: u32,
    at: Millis,
}

impl Used {
    /// What is left of the score. A moment in the future means that the clock was set back: nothing has decayed yet.
    fn score(&self, now: Millis) -> u32 {
        let since = now.saturating_sub(self.at);
        let halved = u32::try_from(since / HALF_LIFE).ok().and_then(|times| self.score.checked_shr(times)).unwrap_or(0);
        // Between two halvings in a straight line, which needs no fractions and is never off by more than a twelfth.
        halved - (u64::from(halved) * (since % HALF_LIFE) / (2 * HALF_LIFE)) as u32
    }
}

/// The launched apps of one account, by id.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Frecency(Vec<Used>);

impl Frecency {
    /// An app was launched.
    pub fn launched(&mut self, app: &str, now: Millis) {
        let place = self.0.iter().position(|used| used.app == app);
        let before = place.map(|place| self.0.remove(place).score(now)).unwrap_or_default();
        if self.0.len() >= MOST_APPS {
            let least = self.0.iter().enumerate().min_by_key(|(_, used)| used.score(now)).map(|(place, _)| place);
            least.map(|place| self.0.remove(place));
        }
        let place = self.0.iter().take_while(|used| used.app.as_str() < app).count();
        self.0.insert(place, Used { app: app.to_owned(), score: (before + LAUNCH).min(MOST), at: now });
    }

    /// The score of one app; 0 if it was never launched.
    pub fn score(&self, app: &str, now: Millis) -> u32 {
        let place = self.0.binary_search_by(|used| used.app.as_str().cmp(app));
        place.ok().and_then(|place| self.0.get(place)).map(|used| used.score(now)).unwrap_or_default()
    }

    /// As JSON.
    pub fn write(&self) -> String {
        let used = |used: &Used| Object::default().text("app", &used.app).number("score", used.score.into()).moment("at", used.at).done();
        json::list(self.0.iter().map(used))
    }
}

impl Read for Used {
    fn read(&mut self, value: &Value) -> bool {
        let mut fields = Fields::of(value);
        fields.required("app", &mut self.app);
        fields.required("score", &mut self.score);
        fields.required("at", &mut self.at);
        fields.are_read()
    }
}

impl Read for Frecency {
    fn read(&mut self, value: &Value) -> bool {
        let is_read = self.0.read(value);
        self.0.truncate(MOST_APPS);
        for used in &mut self.0 {
            used.score = used.score.min(MOST);
        }
        // As it was written: in order, each app once.
        is_read && self.0.is_sorted_by(|one, other| one.app < other.app)
    }
}
