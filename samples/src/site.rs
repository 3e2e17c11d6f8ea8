//! Which sample app a request is for, by its host name.

use std::convert::Infallible;

use axum::{
    extract::FromRequestParts,
    http::{header, request::Parts},
    response::Response,
};

use crate::{
    page,
    words::{ARABIC, ENGLISH, Words},
};

/// A sample app.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the names say it; the crate's table tells the rest")]
pub enum Site {
    Crm,
    People,
    Expenses,
    Payroll,
    Inventory,
    Benefits,
    Orders,
    Cairo,
    Suppliers,
    Projects,
    Accounts,
    Wiki,
    Travel,
    Helpdesk,
    Signup,
    Newsletter,
}

impl Site {
    /// Every sample app.
    pub const ALL: [Self; 16] = [
        Self::Crm,
        Self::People,
        Self::Expenses,
        Self::Payroll,
        Self::Inventory,
        Self::Benefits,
        Self::Orders,
        Self::Cairo,
        Self::Suppliers,
        Self::Projects,
        Self::Accounts,
        Self::Wiki,
        Self::Travel,
        Self::Helpdesk,
        Self::Signup,
        Self::Newsletter,
    ];

    /// The first label of its host name.
    pub fn host_label(self) -> &'static str {
        match self {
            Self::Crm => "crm",
            Self::People => "people",
            Self::Expenses => "expenses",
            Self::Payroll => "payroll",
            Self::Inventory => "inventory",
            Self::Benefits => "benefits",
            Self::Orders => "orders",
            Self::Cairo => "cairo",
            Self::Suppliers => "suppliers",
            Self::Projects => "projects",
            Self::Accounts => "accounts",
            Self::Wiki => "wiki",
            Self::Travel => "travel",
            Self::Helpdesk => "helpdesk",
            Self::Signup => "signup",
            Self::Newsletter => "newsletter",
        }
    }

    /// Its name, in its own language.
    pub fn name(self) -> &'static str {
        match self {
            Self::Crm => "Contoso CRM",
            Self::People => "Contoso People",
            Self::Expenses => "Contoso Expenses",
            Self::Payroll => "Contoso Payroll",
            Self::Inventory => "Contoso Inventory",
            Self::Benefits => "Contoso Benefits",
            Self::Orders => "Contoso Orders",
            Self::Cairo => "كونتوسو القاهرة",
            Self::Suppliers => "Contoso Suppliers",
            Self::Projects => "Contoso Projects",
            Self::Accounts => "Contoso Accounts",
            Self::Wiki => "Contoso Wiki",
            Self::Travel => "Contoso Travel",
            Self::Helpdesk => "Contoso Help Desk",
            Self::Signup => "Contoso Academy",
            Self::Newsletter => "Contoso News",
        }
    }

    /// What its pages say.
    pub(crate) fn words(self) -> &'static Words {
        if self == Self::Cairo { &ARABIC } else { &ENGLISH }
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
        Self::of_host(host(parts)).ok_or_else(page::no_such_app)
    }
}

/// Where the other apps are: they answer at the port that this request came to.
pub(crate) struct Neighbours {
    port: Option<u16>,
}

impl Neighbours {
    /// The origin of an app.
    pub(crate) fn origin(&self, site: Site) -> String {
        let port = self.port.map(|port| format!(":{port}")).unwrap_or_default();
        format!("http://{}.localhost{port}", site.host_label())
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Neighbours {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Infallible> {
        Ok(Self { port: host(parts).rsplit_once(':').and_then(|(_, port)| port.parse().ok()) })
    }
}

fn host(parts: &Parts) -> &str {
    parts.headers.get(header::HOST).and_then(|value| value.to_str().ok()).unwrap_or_default()
}
