//! Everyone who may knock at a route: with which cookie, and with which access token.

use my_apps_portal::{
    account,
    clock::now,
    oauth::{
        grant::{self, Presented},
        request,
    },
    session::{self, Session},
};
use reqwest::RequestBuilder;

use super::{ALEX, REDIRECT, SAM, Server, VERIFIER, authorization};

/// An administrator to whom no app is assigned.
pub(crate) const KIM: &str = "kim@contoso.example";

/// In the order of a table's columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Caller {
    Nobody,
    Cookie(&'static str),
    /// Alex's cookie from before the sign-out.
    EndedCookie,
    Token(&'static str),
    /// Sam's cookie together with Alex's token.
    SamWithAlexsToken,
    /// Alex's tokens that are worth nothing any more.
    ExpiredToken,
    RevokedToken,
    TokenOfEndedSession,
}

pub(crate) const CALLERS: [Caller; 12] = [
    Caller::Nobody,
    Caller::Cookie(ALEX.0),
    Caller::Cookie(SAM.0),
    Caller::Cookie(KIM),
    Caller::EndedCookie,
    Caller::Token(ALEX.0),
    Caller::Token(SAM.0),
    Caller::Token(KIM),
    Caller::SamWithAlexsToken,
    Caller::ExpiredToken,
    Caller::RevokedToken,
    Caller::TokenOfEndedSession,
];

/// What a caller carries.
#[derive(Default)]
pub(crate) struct Carried {
    pub(crate) cookie: Option<String>,
    pub(crate) token: Option<String>,
    /// The token the forms of the cookie's session carry.
    pub(crate) form_token: String,
}

impl Carried {
    pub(crate) fn on(&self, mut request: RequestBuilder) -> RequestBuilder {
        if let Some(cookie) = &self.cookie {
            request = request.header("Cookie", format!("my_apps_session={cookie}"));
        }
        if let Some(token) = &self.token {
            request = request.bearer_auth(token);
        }
        request
    }
}

impl Server {
    /// Sam, who is the demonstration's administrator, becomes a person like any other.
    pub(crate) async fn add_administrator(&self) {
        self.sql("UPDATE accounts SET administrator = 0").await;
        account::add(self.database(), KIM, "Kim Akers", "no password", true, false, now()).await.unwrap();
    }

    /// A session without the work of a password.
    pub(crate) async fn session(&self, username: &str) -> (String, Session) {
        let record = account::sign_in_record(self.database(), username).await.unwrap().unwrap();
        let secret = session::begin(self.database(), &record, None, false, now() + 3600).await.unwrap().unwrap();
        let session = session::find(self.database(), secret.reveal(), now()).await.unwrap().unwrap();
        (secret.reveal().to_owned(), session)
    }

    pub(crate) async fn code_of(&self, session: &Session) -> String {
        let request = request::parse(&authorization(&[]), &self.portal.settings).unwrap();
        let code = grant::give_code(self.database(), session.id, &request, now()).await.unwrap();
        code.reveal().to_owned()
    }

    pub(crate) async fn token_of(&self, session: &Session) -> String {
        let code = self.code_of(session).await;
        let presented = Presented { code: &code, client_id: "my-apps-extension", redirect_uri: REDIRECT, code_verifier: VERIFIER };
        let issued = grant::redeem(self.database(), &presented, 3600, now()).await.unwrap();
        issued.unwrap().token.reveal().to_owned()
    }

    /// A fresh one of these: what one request does to a session is not felt by the next.
    pub(crate) async fn caller(&self, caller: Caller) -> Carried {
        match caller {
            Caller::Nobody => Carried::default(),
            Caller::Cookie(username) => {
                let (secret, session) = self.session(username).await;
                Carried { cookie: Some(secret), form_token: session.form_token, ..Carried::default() }
            }
            Caller::EndedCookie => {
                let (secret, session) = self.session(ALEX.0).await;
                session::end(self.database(), session.id).await.unwrap();
                Carried { cookie: Some(secret), form_token: session.form_token, ..Carried::default() }
            }
            Caller::Token(username) => {
                let token = self.token_of(&self.session(username).await.1).await;
                Carried { token: Some(token), ..Carried::default() }
            }
            Caller::SamWithAlexsToken => {
                let token = self.token_of(&self.session(ALEX.0).await.1).await;
                let (secret, session) = self.session(SAM.0).await;
                Carried { cookie: Some(secret), token: Some(token), form_token: session.form_token }
            }
            Caller::ExpiredToken | Caller::RevokedToken | Caller::TokenOfEndedSession => {
                let session = self.session(ALEX.0).await.1;
                let token = self.token_of(&session).await;
                match caller {
                    Caller::ExpiredToken => {
                        sqlx::query("UPDATE access_tokens SET expires_at = $1 WHERE session_id = $2")
                            .bind(now())
                            .bind(session.id)
                            .execute(self.database())
                            .await
                            .unwrap();
                    }
                    Caller::RevokedToken => grant::revoke(self.database(), &token).await.unwrap(),
                    _ => session::end(self.database(), session.id).await.unwrap(),
                }
                Carried { token: Some(token), ..Carried::default() }
            }
        }
    }
}
