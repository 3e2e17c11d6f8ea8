//! Where a person goes on to once they have signed in. The page that asks for the password carries it, and it is read again then.

use axum::response::{IntoResponse, Redirect, Response};

use super::{Portal, account_password, authorize, page::Failed, typed::Typed};
use crate::{
    clock::now,
    oauth::{
        parameters::Parameters,
        request::{self, AuthorizationRequest, Refusal},
    },
    session,
    settings::Settings,
    token::SecretToken,
};

/// What waits for the sign-in: a request of the extension, else a form with what was typed into it, else a page of the portal.
#[derive(Default)]
pub(crate) struct Onward {
    /// As it came, and as it was read.
    request: Option<(String, AuthorizationRequest)>,
    typed: Option<Typed>,
    next: Option<String>,
}

impl Onward {
    /// What a form of the portal carries.
    ///
    /// # Errors
    /// Refuses a request of the extension that may not be granted: it has been in the page's hands.
    pub(crate) fn posted(form: &Parameters, settings: &Settings) -> Result<Self, Refusal> {
        let query = form.get("request");
        let request = query.map(|query| Ok((query.to_owned(), request::parse(query, settings)?))).transpose()?;
        Ok(Self { request, typed: form.get("typed").and_then(Typed::read), ..Self::asked(form) })
    }

    /// What an address carries, which anybody can have written: a page, and nothing that seems to be typed.
    pub(crate) fn asked(query: &Parameters) -> Self {
        Self { next: query.get("next").filter(|next| is_own_path(next)).map(str::to_owned), ..Self::default() }
    }

    /// To the extension that sent a request.
    pub(crate) fn to_extension(query: String, request: AuthorizationRequest) -> Self {
        Self { request: Some((query, request)), ..Self::default() }
    }

    /// To what was typed.
    pub(crate) fn to_typed(typed: Typed) -> Self {
        Self { typed: Some(typed), ..Self::default() }
    }

    /// To a page of the portal.
    pub(crate) fn to_page(path: String) -> Self {
        Self { next: Some(path), ..Self::default() }
    }

    /// The hidden fields that carry it.
    pub(crate) fn parts(&self) -> Vec<(&'static str, &str)> {
        let parts = [
            ("request", self.request.as_ref().map(|(query, _)| query.as_str())),
            ("typed", self.typed.as_ref().map(Typed::as_str)),
            ("next", self.next.as_deref()),
        ];
        parts.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
    }

    /// Whether the extension waits in its window.
    pub(crate) fn is_to_extension(&self) -> bool {
        self.request.is_some()
    }

    /// Whether something was typed that would be lost.
    pub(crate) fn is_to_typed(&self) -> bool {
        self.typed.is_some()
    }

    /// The address that tells the extension that the person pressed Cancel.
    pub(crate) fn cancel_address(&self, portal: &Portal) -> Option<String> {
        self.request.as_ref().and_then(|(_, request)| authorize::cancel_address(portal, request))
    }

    /// Whether anything waits at all.
    pub(crate) fn is_anywhere(&self) -> bool {
        !self.parts().is_empty()
    }

    /// The page of the portal to go to, unless something else waits.
    pub(crate) fn page(&self) -> &str {
        self.next.as_deref().unwrap_or("/")
    }

    /// Goes on, in a session that has just begun. Who must change their password does that first.
    pub(crate) async fn go(self, portal: &Portal, secret: &SecretToken) -> Result<Response, Failed> {
        let session = session::find(&portal.database, secret.reveal(), now()).await?.ok_or(Failed)?;
        if session.must_change_password {
            return Ok(account_password::ask(portal, session, self));
        }
        match (&self.request, &self.typed) {
            (Some((_, request)), _) => authorize::send_code(portal, session.id, request).await,
            (None, Some(typed)) => typed.show(portal, session).await,
            (None, None) => Ok(Redirect::to(self.page()).into_response()),
        }
    }
}

/// Whether a path leads to a page of this portal and nowhere else: browsers read `//host` and `/\host` as other hosts.
fn is_own_path(path: &str) -> bool {
    path.starts_with('/') && !path.starts_with("//") && !path.chars().any(|character| character == '\\' || character.is_control())
}
