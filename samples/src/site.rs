//! Which sample app a request is for, by its host name.

use axum::{
    extract::FromRequestParts,
    http::{header, request::Parts},
    response::Response,
};

use crate::page;

/// A sample app.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the names say it; the crate's table tells the rest")]
pub enum Site {
    Crm,
    People,
    Expenses,
    Payroll,
    Wiki,
    Travel,
    Helpdesk,
    Signup,
    Newsletter,
}

impl Site {
    /// Every sample app.
    pub const ALL: [Self; 9] =
        [Self::Crm, Self::People, Self::Expenses, Self::Payroll, Self::Wiki, Self::Travel, Self::Helpdesk, Self::Signup, Self::Newsletter];

    /// The first label of its host name.
    pub fn host_label(self) -> &'static str {
        match self {
            Self::Crm => "crm",
            Self::People => "people",
            Self::Expenses => "expenses",
            Self::Payroll => "payroll",
            Self::Wiki => "wiki",
            Self::Travel => "travel",
            Self::Helpdesk => "helpdesk",
            Self::Signup => "signup",
            Self::Newsletter => "newsletter",
        }
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Crm => "Contoso CRM",
            Self::People => "Contoso People",
            Self::Expenses => "Contoso Expenses",
            Self::Payroll => "Contoso Payroll",
            Self::Wiki => "Contoso Wiki",
            Self::Travel => "Contoso Travel",
            Self::Helpdesk => "Contoso Help Desk",
            Self::Signup => "Contoso Academy",
            Self::Newsletter => "Contoso News",
        }
    }

    /// Whether people sign in to it with a user name and a password.
    pub fn has_sign_in(self) -> bool {
        matches!(self, Self::Crm | Self::People | Self::Expenses | Self::Payroll)
    }

    /// The app a `Host` header names.
    pub fn of_host(host: &str) -> Option<Self> {
        let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
        let label = name.strip_suffix(".localhost")?;
        Self::ALL.into_iter().find(|site| site.host_label() == label)
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Site {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Response> {
        let host = parts.headers.get(header::HOST).and_then(|value| value.to_str().ok()).unwrap_or_default();
        Self::of_host(host).ok_or_else(page::no_such_app)
    }
}
