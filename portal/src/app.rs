//! An app of the portal, as an operator describes it and as the API shows it.
//!
//! Nothing here is about a person; who may use an app, and with which credential, is the catalogue's.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::{
    address::{AddressError, SignOnRule, check_launch_url},
    form::FormError,
};

/// How a person gets in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Mode {
    /// With a stored user name and password.
    Password,
    /// By SAML; the portal only links to the launch page.
    Saml,
    /// By OpenID Connect; the portal only links to the launch page.
    Oidc,
    /// An ordinary link.
    Linked,
}

impl Mode {
    /// The name the API and the database use.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Password => "password",
            Self::Saml => "saml",
            Self::Oidc => "oidc",
            Self::Linked => "linked",
        }
    }

    /// The mode of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Password, Self::Saml, Self::Oidc, Self::Linked].into_iter().find(|mode| mode.as_str() == name)
    }
}

/// An app.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct App {
    /// 1 to 64 characters of `A–Z a–z 0–9 . _ -`.
    pub id: String,
    /// As shown.
    pub name: String,
    /// One line about it.
    #[serde(default)]
    pub description: String,
    /// Other words people search it by.
    #[serde(default)]
    pub keywords: Vec<String>,
    /// How a person gets in.
    pub mode: Mode,
    /// The page a launch opens.
    pub launch_url: String,
    /// Where its password may be filled; for password apps only.
    #[serde(default)]
    pub sign_on_rules: Vec<SignOnRule>,
    /// How an administrator described its sign-in form; for password apps only.
    #[serde(default)]
    pub form: Option<Form>,
}

/// A described sign-in form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Form {
    /// The pages or states it goes through, in order.
    pub steps: Vec<Step>,
    /// The origin of the frame that it stands in, if it does not stand in the page itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub frame_origin: Option<String>,
}

/// One page or state of a form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// What is filled.
    pub fields: Vec<Field>,
    /// CSS selectors of what submits it, best first.
    #[serde(default)]
    pub submit: Vec<String>,
}

/// One field of a form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Field {
    /// Names a field of the credential.
    pub field_id: String,
    /// As shown where people store their credential.
    pub label: String,
    /// Whether it is shown when typed.
    #[serde(rename = "type")]
    pub kind: FieldKind,
    /// CSS selectors, best first.
    #[serde(default)]
    pub locators: Vec<String>,
}

/// Whether a field is shown when typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FieldKind {
    /// Shown.
    Text,
    /// Hidden, and never shown again after it was stored.
    Password,
}

/// Why an app was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AppError {
    /// The id.
    #[error("its id must be 1 to 64 characters of A–Z a–z 0–9 . _ - and not only dots")]
    Id,
    /// The name.
    #[error("its name must have 1 to 200 characters")]
    Name,
    /// The launch URL.
    #[error("its launch_url {0}")]
    LaunchUrl(AddressError),
    /// A rule.
    #[error("the url of a sign-on rule {0}")]
    Rule(AddressError),
    /// Rules or a form where none belong.
    #[error("only password apps have sign_on_rules and a form")]
    NotForThisMode,
    /// A password app nobody could be signed in to.
    #[error("a password app needs at least one sign-on rule")]
    NoRule,
    /// The form.
    #[error("its form {0}")]
    Form(FormError),
}

impl App {
    /// Checks what the types can't say.
    pub fn check(&self) -> Result<(), AppError> {
        // "." and ".." are no ids, because browsers remove them from addresses.
        if !is_id(&self.id) || self.id.chars().all(|character| character == '.') {
            return Err(AppError::Id);
        }
        if self.name.trim().is_empty() || self.name.chars().count() > 200 {
            return Err(AppError::Name);
        }
        check_launch_url(&self.launch_url).map_err(AppError::LaunchUrl)?;
        if self.mode != Mode::Password {
            let plain = self.sign_on_rules.is_empty() && self.form.is_none();
            return if plain { Ok(()) } else { Err(AppError::NotForThisMode) };
        }
        if self.sign_on_rules.is_empty() {
            return Err(AppError::NoRule);
        }
        self.sign_on_rules.iter().try_for_each(|rule| rule.check().map_err(AppError::Rule))?;
        self.form.as_ref().map_or(Ok(()), Form::check).map_err(AppError::Form)
    }

    /// The fields its credential has: the described ones, else a user name and a password.
    pub fn credential_fields(&self) -> Vec<(&str, &str, FieldKind)> {
        let Some(form) = &self.form else {
            return vec![("username", "User name", FieldKind::Text), ("password", "Password", FieldKind::Password)];
        };
        let mut seen = BTreeSet::new();
        let fields = form.steps.iter().flat_map(|step| &step.fields);
        fields.filter(|field| seen.insert(&field.field_id)).map(|field| (field.field_id.as_str(), field.name(), field.kind)).collect()
    }
}

/// Whether the text can be an id.
pub(crate) fn is_id(text: &str) -> bool {
    (1..=64).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(&byte))
}
