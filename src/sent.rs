//! Passwords that were sent a moment ago: of which app, from which document of which tab, and what came of it.
//!
//! Only that one was sent is known here, never which. It is what keeps a page that shows its form again from being filled
//! again by itself, and what lets a wrong password be told from a page that was reached for the first time.

use crate::Millis;
use crate::json::{self, Fields, Object, Read, Value};

/// How long a form that comes back has to do with the password that was sent. Who signs out or mistypes does so later.
pub const SENT_LIFETIME: Millis = 60_000;

/// One password that was sent.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sent {
    /// The tab.
    pub tab: i32,
    /// The app.
    pub app: String,
    /// The document that it was written into.
    pub document: String,
    /// When.
    pub at: Millis,
    /// What came of it.
    pub known: Known,
}

/// What the app said to a password.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Known {
    /// Nothing that was seen.
    #[default]
    Unknown,
    /// It went on to something else.
    Accepted,
    /// It asked again, and the portal knows.
    AskedAgain,
    /// There was something to say about it, and the person knows: what they ask for from now on is done.
    Told,
}

impl Known {
    /// In the order of what is stored.
    const ALL: [Known; 4] = [Known::Unknown, Known::Accepted, Known::AskedAgain, Known::Told];
}

/// All that are recent, one for each tab.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Recently(Vec<Sent>);

impl Recently {
    /// Remembers a password that was sent; what was known of an older one in that tab is over.
    pub fn add(&mut self, tab: i32, app: &str, document: &str, now: Millis) {
        self.0.retain(|sent| sent.tab != tab && is_recent(sent, now));
        self.0.push(Sent { tab, app: app.to_owned(), document: document.to_owned(), at: now, ..Sent::default() });
    }

    /// What was sent last in this tab, if it is recent.
    pub fn last_in(&self, tab: i32, now: Millis) -> Option<&Sent> {
        self.0.iter().find(|sent| sent.tab == tab && is_recent(sent, now))
    }

    /// What was sent in this tab, to note what came of it.
    pub fn of(&mut self, tab: i32) -> Option<&mut Sent> {
        self.0.iter_mut().find(|sent| sent.tab == tab)
    }
}

/// One from the future means that the clock was set back: it says nothing any more.
fn is_recent(sent: &Sent, now: Millis) -> bool {
    sent.at <= now && now < sent.at.saturating_add(SENT_LIFETIME)
}

impl Read for Sent {
    fn read(&mut self, value: &Value) -> bool {
        let mut fields = Fields::of(value);
        let mut known = 0u32;
        fields.required("tab", &mut self.tab);
        fields.required("app", &mut self.app);
        fields.required("document", &mut self.document);
        fields.required("at", &mut self.at);
        fields.if_any("known", &mut known);
        self.known = Known::ALL.get(known as usize).copied().unwrap_or_default();
        fields.are_read()
    }
}

impl Read for Recently {
    fn read(&mut self, value: &Value) -> bool {
        self.0.read(value)
    }
}

impl Recently {
    /// As JSON.
    pub fn write(&self) -> String {
        json::list(self.0.iter().map(|sent| {
            Object::default()
                .number("tab", sent.tab.into())
                .text("app", &sent.app)
                .text("document", &sent.document)
                .moment("at", sent.at)
                .number("known", sent.known as i64)
                .done()
        }))
    }
}
