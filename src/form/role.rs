//! What each control is for, judged by what is said about it: `autocomplete` first, then what a person reads, then what
//! a programmer named it, then its type.

use super::snapshot::{Control, Kind, Snapshot};
use super::text::{Concepts, Vocabulary};
use super::words::Concept;

/// What a control is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// The name of an account.
    UserName,
    /// An e-mail address, which is the user name of most sites.
    Email,
    /// A telephone number, which is the user name of some.
    Phone,
    /// The password that the person has.
    Password,
    /// A password that the person is to choose, or to repeat.
    NewPassword,
    /// A code that works once.
    OneTimeCode,
    /// Company, domain or tenant.
    Tenant,
    /// Staying signed in.
    Remember,
    /// A proof of being a person.
    Captcha,
    /// A search.
    Search,
    /// A person's name, birthday or address.
    Person,
    /// Consent to terms.
    Terms,
    /// A field that nothing is said about, or something else.
    Other,
    /// A button or link.
    Action,
}

/// What a role was concluded from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Evidence {
    /// The `autocomplete` attribute.
    Autocomplete,
    /// Label, placeholder or nearby text.
    Label,
    /// The control's name or id.
    Identifier,
    /// The control's type.
    Type,
    /// Nothing.
    Nothing,
}

/// What is known about one control.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Reading {
    /// What it is for.
    pub(crate) role: Role,
    /// Why.
    pub(crate) evidence: Evidence,
    /// What a person reads about it.
    pub(crate) shown: Concepts,
    /// What a programmer named it.
    pub(crate) named: Concepts,
}

/// The roles of all controls, in their order.
pub fn roles(snapshot: &Snapshot) -> Vec<(Role, Evidence)> {
    read(snapshot, Vocabulary::get()).iter().map(|reading| (reading.role, reading.evidence)).collect()
}

/// Reads every control.
pub(crate) fn read(snapshot: &Snapshot, vocabulary: &Vocabulary) -> Vec<Reading> {
    snapshot.controls.iter().map(|control| judge(control, vocabulary)).collect()
}

fn judge(control: &Control, vocabulary: &Vocabulary) -> Reading {
    let label = vocabulary.read(&control.label);
    let mut shown = label.with(vocabulary.read(&control.text));
    // A name like `page$content$txtUser` begins with the containers; only its end is about the control, and its id says
    // the same once more.
    let mut named = match control.name.rsplit_once(['$']) {
        Some((_, end)) => vocabulary.read(end),
        None => vocabulary.read(&control.name).with(vocabulary.read(&control.id)),
    };
    let (role, evidence) = match control.kind() {
        Kind::Button | Kind::Link => {
            named = named.with(vocabulary.read(&control.classes)).with(vocabulary.read(&control.href));
            (Role::Action, Evidence::Type)
        }
        kind => {
            let placeholder = vocabulary.read(&control.placeholder);
            // What stands near a field that says itself what it is may be about the last try: "Wrong password, try again."
            let says_itself = kind == Kind::Password && placeholder.has(Concept::Password);
            shown = shown.with(placeholder).with(if says_itself { Concepts::default() } else { vocabulary.read(&control.near) });
            match kind {
                Kind::Password => password(control, label, shown, named),
                Kind::Tick => tick(shown, named),
                Kind::Select if shown.with(named).has(Concept::Tenant) => (Role::Tenant, Evidence::Label),
                Kind::Text => text(control, shown, named),
                _ => (Role::Other, Evidence::Nothing),
            }
        }
    };
    Reading { role, evidence, shown, named }
}

fn password(control: &Control, label: Concepts, shown: Concepts, named: Concepts) -> (Role, Evidence) {
    for token in control.autocomplete.split([' ']) {
        match token {
            "current-password" => return (Role::Password, Evidence::Autocomplete),
            "new-password" => return (Role::NewPassword, Evidence::Autocomplete),
            "one-time-code" => return (Role::OneTimeCode, Evidence::Autocomplete),
            _ => {}
        }
    }
    // "One-time password" asks for no stored one. What stands near a field may speak of another way in.
    if label.has(Concept::Code) {
        return (Role::OneTimeCode, Evidence::Label);
    }
    for (said, evidence) in [(shown, Evidence::Label), (named, Evidence::Identifier)] {
        if said.any(&[Concept::Code, Concept::Captcha]) && !said.has(Concept::Password) {
            return (Role::OneTimeCode, evidence);
        }
        if said.has(Concept::Again) {
            return (Role::NewPassword, evidence);
        }
        if said.has(Concept::Current) {
            return (Role::Password, evidence);
        }
        if said.any(&[Concept::New, Concept::Rules]) {
            return (Role::NewPassword, evidence);
        }
        if said.has(Concept::Password) {
            return (Role::Password, evidence);
        }
    }
    (Role::Password, Evidence::Type)
}

fn tick(shown: Concepts, named: Concepts) -> (Role, Evidence) {
    for (said, evidence) in [(shown, Evidence::Label), (named, Evidence::Identifier)] {
        if said.any(&[Concept::Terms, Concept::Newsletter]) {
            return (Role::Terms, evidence);
        }
        if said.has(Concept::Remember) {
            return (Role::Remember, evidence);
        }
    }
    (Role::Other, Evidence::Nothing)
}

fn text(control: &Control, shown: Concepts, named: Concepts) -> (Role, Evidence) {
    for token in control.autocomplete.split([' ']) {
        let role = match token {
            "username" => Role::UserName,
            "email" => Role::Email,
            "one-time-code" => Role::OneTimeCode,
            "tel" | "tel-national" => Role::Phone,
            "organization" => Role::Tenant,
            "name" | "given-name" | "family-name" | "additional-name" | "nickname" | "bday" | "sex" | "postal-code" | "street-address"
            | "address-line1" | "country" => Role::Person,
            _ => continue,
        };
        return (role, Evidence::Autocomplete);
    }
    if shown.with(named).has(Concept::Captcha) {
        return (Role::Captcha, Evidence::Label);
    }
    if control.r#type == "search" {
        return (Role::Search, Evidence::Type);
    }
    for (said, evidence) in [(shown, Evidence::Label), (named, Evidence::Identifier)] {
        let account = said.any(&[Concept::User, Concept::Email]);
        // "The code that we sent to your e-mail" asks for the code.
        if said.has(Concept::Code) && !said.has(Concept::User) {
            return (Role::OneTimeCode, evidence);
        }
        if said.has(Concept::Search) && !account {
            return (Role::Search, evidence);
        }
        if said.has(Concept::Person) && !account {
            return (Role::Person, evidence);
        }
        if said.has(Concept::User) && !(said.has(Concept::Person) && evidence == Evidence::Identifier) {
            return (Role::UserName, evidence);
        }
        if said.has(Concept::Email) {
            return (Role::Email, evidence);
        }
        if said.has(Concept::Phone) {
            return (Role::Phone, evidence);
        }
        if said.has(Concept::Tenant) {
            return (Role::Tenant, evidence);
        }
        if said.any(&[Concept::Secret, Concept::Payment, Concept::Message]) {
            return (Role::Other, evidence);
        }
    }
    match control.r#type.as_str() {
        // "Enter code", named after the passwords that stand there at other times.
        _ if shown.has(Concept::AnyCode) && named.has(Concept::Password) => (Role::OneTimeCode, Evidence::Label),
        // Last, because in a table with its labels above the text before a field may be about the next one.
        _ if shown.with(named).has(Concept::Password) => (Role::Password, Evidence::Label),
        "email" => (Role::Email, Evidence::Type),
        "tel" => (Role::Phone, Evidence::Type),
        _ => (Role::Other, Evidence::Nothing),
    }
}
