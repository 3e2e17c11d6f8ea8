//! What was sent a moment ago: of which app, from which document of which tab, step by step, and what came of it.
//!
//! Only the names of fields are known here, never a value. It is what tells the next step from one that comes back, keeps a page
//! that shows its form again from being filled again by itself, and lets a wrong password be told from a page that was reached
//! for the first time.

use crate::Millis;
use crate::form::{DescriptorStep, FieldId, FillPlan};
use crate::json::{self, Fields, Object, Read, Value};

/// How long a form that comes back has to do with what was sent. Who signs out or mistypes does so later.
pub const SENT_LIFETIME: Millis = 60_000;

/// What was sent for one sign-in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sent {
    /// The tab.
    pub tab: i32,
    /// The app.
    pub app: String,
    /// The document that the last of it was written into.
    pub document: String,
    /// When that was.
    pub at: Millis,
    /// What came of the password.
    pub status: PasswordStatus,
    /// The names of the fields, in the order of sending.
    fields: Vec<String>,
    /// How many of them were sent up to the last secret one, with it.
    until_secret: u32,
}

/// What the app said to a password.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum PasswordStatus {
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

impl PasswordStatus {
    /// In the order of what is stored.
    const ALL: [PasswordStatus; 4] = [PasswordStatus::Unknown, PasswordStatus::Accepted, PasswordStatus::AskedAgain, PasswordStatus::Told];
}

impl Sent {
    /// Whether a secret was sent. Before that, no password can be wrong.
    pub fn has_secret(&self) -> bool {
        self.until_secret > 0
    }

    /// Whether this field was sent.
    pub fn has(&self, field: &str) -> bool {
        self.fields.iter().any(|sent| sent == field)
    }

    /// Whether this is a step that comes next: something of it was not sent yet, and none of its secrets was.
    pub fn leads_to(&self, plan: &FillPlan) -> bool {
        let mut is_new = false;
        for field in &plan.fields {
            let is_sent = self.has(field.value.as_str());
            if is_sent && field.secret {
                return false;
            }
            is_new |= !is_sent;
        }
        is_new
    }

    /// Whether all of this was sent since the last secret: then it is not the secret that is asked for again.
    pub fn was_last(&self, plan: &FillPlan) -> bool {
        let since = self.fields.get(self.until_secret as usize..).unwrap_or_default();
        plan.fields.iter().all(|field| since.iter().any(|sent| sent == field.value.as_str()))
    }

    /// Whether all fields of a described step were sent.
    pub fn is_done(&self, step: &DescriptorStep) -> bool {
        step.fields.iter().all(|field| self.has(&field.field_id))
    }
}

/// All that is recent, one for each tab.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Recently(Vec<Sent>);

impl Recently {
    /// Remembers a step that was sent. What was known of an older sign-in in that tab is over, and of an older password.
    pub fn add(&mut self, tab: i32, app: &str, document: &str, plan: &FillPlan, now: Millis) {
        self.retain(tab, now, &|sent| sent.app == app);
        if self.of(tab).is_none() {
            self.0.push(Sent { tab, app: app.to_owned(), ..Sent::default() });
        }
        let Some(sent) = self.of(tab) else { return };
        document.clone_into(&mut sent.document);
        sent.at = now;
        for field in &plan.fields {
            // The user name goes with it, whoever typed that.
            if field.value.as_str() == FieldId::PASSWORD {
                sent.fields.push(FieldId::USER_NAME.to_owned());
            }
            sent.fields.push(field.value.as_str().to_owned());
        }
        if plan.is_secret() {
            sent.until_secret = u32::try_from(sent.fields.len()).unwrap_or(u32::MAX);
            sent.status = PasswordStatus::Unknown;
        }
    }

    fn find(&self, tab: i32) -> Option<&Sent> {
        self.0.iter().find(|sent| sent.tab == tab)
    }

    /// What was sent last in this tab, if it is recent.
    pub fn last_in(&self, tab: i32, now: Millis) -> Option<&Sent> {
        self.find(tab).filter(|sent| is_recent(sent, now))
    }

    /// What was sent to this app in this tab, since [`Recently::retain`] was called.
    pub fn to(&self, tab: i32, app: &str) -> Option<&Sent> {
        self.find(tab).filter(|sent| sent.app == app)
    }

    /// What was sent in this tab, to note what came of it.
    pub fn of(&mut self, tab: i32) -> Option<&mut Sent> {
        self.0.iter_mut().find(|sent| sent.tab == tab)
    }

    /// Forgets what is no longer recent, and of this tab what does not count any more. One function for all who ask: each would
    /// bring a copy of it.
    pub fn retain(&mut self, tab: i32, now: Millis, counts: &dyn Fn(&Sent) -> bool) {
        self.0.retain(|sent| is_recent(sent, now) && (sent.tab != tab || counts(sent)));
    }
}

/// One from the future means that the clock was set back: it says nothing any more.
fn is_recent(sent: &Sent, now: Millis) -> bool {
    sent.at <= now && now < sent.at.saturating_add(SENT_LIFETIME)
}

impl Read for Sent {
    fn read(&mut self, value: &Value) -> bool {
        let mut fields = Fields::of(value);
        let mut status = 0u32;
        fields.required("tab", &mut self.tab);
        fields.required("app", &mut self.app);
        fields.required("document", &mut self.document);
        fields.required("at", &mut self.at);
        fields.if_any("status", &mut status);
        fields.if_any("fields", &mut self.fields);
        fields.if_any("until_secret", &mut self.until_secret);
        self.status = PasswordStatus::ALL.get(status as usize).copied().unwrap_or_default();
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
                .number("status", sent.status as i64)
                .json("fields", &json::texts(&sent.fields))
                .number("until_secret", sent.until_secret.into())
                .done()
        }))
    }
}
