//! A launch is a one-shot promise: this app, in this tab, within a minute.

use crate::Millis;
use crate::json::{self, Fields, Object, Read, Value};
use crate::lasts;

/// How long after the launch the fill may follow. Sign-on pages are there within seconds; a minute covers a slow one,
/// and is short enough that nobody has forgotten the click.
pub const LAUNCH_LIFETIME: Millis = 60_000;

/// One launch waiting for its page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Launch {
    /// The tab we opened.
    pub tab: i32,
    /// The app it was opened for.
    pub app: String,
    /// After this moment the promise is void.
    pub until: Millis,
}

impl Launch {
    fn holds(&self, now: Millis) -> bool {
        lasts(self.until, LAUNCH_LIFETIME, now)
    }
}

/// All launches that still wait.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Launches(Vec<Launch>);

impl Launches {
    /// Remembers a launch; an older one of the same tab is void.
    pub fn promise(&mut self, tab: i32, app: &str, now: Millis) {
        self.drop_stale(now);
        self.cancel(tab);
        self.0.push(Launch { tab, app: app.to_owned(), until: now.saturating_add(LAUNCH_LIFETIME) });
    }

    /// The app that was launched in this tab, if the promise still holds.
    pub fn app_in(&self, tab: i32, now: Millis) -> Option<&str> {
        self.0.iter().find(|launch| launch.tab == tab && launch.holds(now)).map(|launch| launch.app.as_str())
    }

    /// The promise of this app in a tab is fulfilled; one of another app, for the tab's next page, holds.
    pub fn fulfil(&mut self, tab: i32, app: &str) {
        self.0.retain(|launch| launch.tab != tab || launch.app != app);
    }

    /// Ends the promise of a tab.
    pub fn cancel(&mut self, tab: i32) {
        self.0.retain(|launch| launch.tab != tab);
    }

    fn drop_stale(&mut self, now: Millis) {
        self.0.retain(|launch| launch.holds(now));
    }
}

impl Read for Launch {
    fn read(&mut self, value: &Value) -> bool {
        let mut fields = Fields::of(value);
        fields.required("tab", &mut self.tab);
        fields.required("app", &mut self.app);
        fields.required("until", &mut self.until);
        fields.are_read()
    }
}

impl Read for Launches {
    fn read(&mut self, value: &Value) -> bool {
        self.0.read(value)
    }
}

impl Launches {
    /// As JSON.
    pub fn write(&self) -> String {
        json::list(
            self.0.iter().map(|launch| {
                Object::default().number("tab", launch.tab.into()).text("app", &launch.app).moment("until", launch.until).done()
            }),
        )
    }
}
