//! An app as the API shows it to one person.

use serde::Serialize;

use crate::{
    address::SignOnRule,
    app::{Form, Mode},
    catalogue::Entry,
};

/// The list of a person's apps.
#[derive(Serialize)]
pub(crate) struct AppList<'a> {
    pub(crate) apps: Vec<AppView<'a>>,
}

/// One app: everything about an assigned one; of another only what is needed to say why it is not filled.
#[derive(Serialize)]
#[serde(untagged)]
pub(crate) enum AppView<'a> {
    Assigned {
        id: &'a str,
        name: &'a str,
        description: &'a str,
        keywords: &'a [String],
        mode: Mode,
        assigned: bool,
        #[serde(skip_serializing_if = "Option::is_none")]
        credential: Option<&'static str>,
        launch_url: &'a str,
        sign_on_rules: &'a [SignOnRule],
        form: Option<&'a Form>,
        #[serde(skip_serializing_if = "Option::is_none")]
        icon: Option<&'a str>,
    },
    NotAssigned {
        id: &'a str,
        name: &'a str,
        assigned: bool,
        sign_on_rules: &'a [SignOnRule],
    },
}

impl<'a> AppView<'a> {
    /// What a person may know of an app; `None` of one that is neither theirs nor ever filled.
    pub(crate) fn of(entry: &'a Entry) -> Option<Self> {
        let app = &entry.app;
        if !entry.assigned {
            let sign_on_rules = app.sign_on_rules.as_slice();
            let view = Self::NotAssigned { id: &app.id, name: &app.name, assigned: false, sign_on_rules };
            return if sign_on_rules.is_empty() { None } else { Some(view) };
        }
        let stored = if entry.stored { "stored" } else { "missing" };
        Some(Self::Assigned {
            id: &app.id,
            name: &app.name,
            description: &app.description,
            keywords: &app.keywords,
            mode: app.mode,
            assigned: true,
            credential: (app.mode == Mode::Password).then_some(stored),
            launch_url: &app.launch_url,
            sign_on_rules: &app.sign_on_rules,
            form: app.form.as_ref(),
            icon: entry.icon.as_deref(),
        })
    }
}
