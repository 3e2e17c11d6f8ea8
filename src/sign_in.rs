//! Signing in, as a machine: discovery → proof → window → code → token → who are you.
//!
//! It survives nothing: a sign-in whose context died is found by the next popup (the sign-in lock is free) and tried again
//! silently, because the portal may already know the person.

use crate::Millis;
use crate::effect::{Effect, Purpose};
use crate::json::{self, Fields, Named, Object, Read, Value};
use crate::memory::{KnownAccount, Memory, Session};
use crate::portal_url::PortalUrl;
use crate::provider::discovery::{self, Discovery};
use crate::provider::oauth::{self, AuthorizeError, Prompt, Proof};
use crate::provider::{Exchange, PortalError, api};
use crate::secret::Secret;
use crate::state::Environment;

/// Where a sign-in stands. Key `sign_in` of `storage.session`.
#[derive(Debug, Clone, Default)]
pub enum SignIn {
    /// None under way.
    #[default]
    Idle,
    /// The last one failed; said until the next one starts.
    Failed(SignInProblem),
    /// Waiting for the portal's description.
    Discovering(Prompt),
    /// Waiting for randomness.
    Proving(Prompt, Discovery),
    /// Waiting for the person, or for the portal's silent answer.
    Authorizing(Prompt, Discovery, Proof),
    /// Waiting for the token.
    Redeeming(Prompt, Discovery),
    /// Waiting for the person's name.
    Greeting(Prompt, Discovery, Grant),
}

/// A token that belongs to nobody yet.
#[derive(Clone, Default)]
pub struct Grant {
    access_token: String,
    expires_at: Millis,
}

impl std::fmt::Debug for Grant {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Grant")
    }
}

/// Why a sign-in failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignInProblem {
    /// The portal could not be used.
    Portal(PortalError),
    /// The window brought no code.
    Authorize(AuthorizeError),
}

impl SignIn {
    /// Whether an answer is awaited.
    pub fn is_under_way(&self) -> bool {
        !matches!(self, SignIn::Idle | SignIn::Failed(_))
    }

    /// Whether this is a sign-in at that portal, as far as it knows already.
    pub fn is_at(&self, portal: &PortalUrl) -> bool {
        match self {
            SignIn::Idle | SignIn::Failed(_) | SignIn::Discovering(_) => true,
            SignIn::Proving(_, discovery)
            | SignIn::Authorizing(_, discovery, _)
            | SignIn::Redeeming(_, discovery)
            | SignIn::Greeting(_, discovery, _) => discovery.issuer() == portal.as_str(),
        }
    }

    /// How much the one under way may show.
    pub fn prompt(&self) -> Option<Prompt> {
        match self {
            SignIn::Idle | SignIn::Failed(_) => None,
            SignIn::Discovering(prompt)
            | SignIn::Proving(prompt, _)
            | SignIn::Authorizing(prompt, ..)
            | SignIn::Redeeming(prompt, _)
            | SignIn::Greeting(prompt, ..) => Some(*prompt),
        }
    }
}

/// What a step of the sign-in led to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    /// Goes on.
    Waiting,
    /// Somebody is signed in.
    SignedIn,
    /// It ended without; [`Memory::sign_in`] says why.
    Ended,
}

/// Starts. The discovery document is fetched first, because Firefox's window hangs on an unreachable portal.
pub fn start(memory: &mut Memory, prompt: Prompt, effects: &mut Vec<Effect>) {
    memory.epoch = memory.epoch.wrapping_add(1);
    memory.sign_in = SignIn::Discovering(prompt);
    memory.notice = None;
    let portal = memory.settings.portal.clone();
    effects.push(Effect::Ask { purpose: Purpose::SignInDiscovery, epoch: memory.epoch, request: discovery::request(&portal) });
}

/// Gives up; answers still under way will be dropped.
pub fn cancel(memory: &mut Memory) {
    memory.epoch = memory.epoch.wrapping_add(1);
    memory.sign_in = SignIn::Idle;
}

/// The portal's description arrived.
pub fn discovered(memory: &mut Memory, environment: &Environment, exchange: Exchange, effects: &mut Vec<Effect>) -> Progress {
    let SignIn::Discovering(prompt) = memory.sign_in else { return Progress::Waiting };
    match discovery::read(&memory.settings.portal, environment.version, exchange) {
        Ok(discovery) => {
            memory.sign_in = SignIn::Proving(prompt, discovery);
            effects.push(Effect::DrawProof { epoch: memory.epoch });
            Progress::Waiting
        }
        Err(error) => fail(memory, SignInProblem::Portal(error)),
    }
}

/// Randomness arrived.
pub fn proof_drawn(memory: &mut Memory, environment: &Environment, proof: Proof, effects: &mut Vec<Effect>) -> Progress {
    let SignIn::Proving(prompt, discovery) = &memory.sign_in else { return Progress::Waiting };
    let (prompt, discovery) = (*prompt, discovery.clone());
    let url = oauth::authorize_url(&discovery, &environment.redirect_uri, &proof, prompt);
    memory.sign_in = SignIn::Authorizing(prompt, discovery, proof);
    effects.push(Effect::Authorize { epoch: memory.epoch, url, prompt });
    Progress::Waiting
}

/// The portal's window closed, with an address or without.
pub fn authorized(
    memory: &mut Memory,
    environment: &Environment,
    redirect: Result<Secret, AuthorizeError>,
    effects: &mut Vec<Effect>,
) -> Progress {
    let SignIn::Authorizing(prompt, discovery, proof) = &memory.sign_in else { return Progress::Waiting };
    let code = redirect.and_then(|url| oauth::read_redirect(url.reveal(), &environment.redirect_uri, discovery, proof));
    match code {
        Ok(code) => {
            let request = oauth::token_request(discovery, &environment.redirect_uri, proof, &code);
            memory.sign_in = SignIn::Redeeming(*prompt, discovery.clone());
            effects.push(Effect::Ask { purpose: Purpose::Token, epoch: memory.epoch, request });
            Progress::Waiting
        }
        Err(error) => fail(memory, SignInProblem::Authorize(error)),
    }
}

/// The token arrived.
pub fn redeemed(memory: &mut Memory, now: Millis, exchange: Exchange, effects: &mut Vec<Effect>) -> Progress {
    let SignIn::Redeeming(prompt, discovery) = &memory.sign_in else { return Progress::Waiting };
    match oauth::read_token(exchange) {
        Ok(token) => {
            let request = api::account_request(discovery, &token.access_token);
            let grant = Grant { access_token: token.access_token.reveal().to_owned(), expires_at: now.saturating_add(token.lifetime) };
            memory.sign_in = SignIn::Greeting(*prompt, discovery.clone(), grant);
            effects.push(Effect::Ask { purpose: Purpose::Account, epoch: memory.epoch, request });
            Progress::Waiting
        }
        // The portal does not accept its own code: nothing a person signed out of.
        Err(PortalError::SignedOut | PortalError::NotAssigned | PortalError::Failed(400..=499)) => {
            fail(memory, SignInProblem::Authorize(AuthorizeError::Refused))
        }
        Err(error) => fail(memory, SignInProblem::Portal(error)),
    }
}

/// The person's name arrived: signed in. Another person than before finds nothing of the one before.
pub fn greeted(memory: &mut Memory, exchange: Exchange) -> Progress {
    let SignIn::Greeting(_, discovery, grant) = &memory.sign_in else { return Progress::Waiting };
    match api::read_account(exchange) {
        Ok(account) => {
            let known = KnownAccount { portal: memory.settings.portal.clone(), product_name: discovery.product_name.clone(), account };
            let access_token = crate::secret::Secret::new(grant.access_token.clone());
            let session = Session { access_token, expires_at: grant.expires_at, discovery: discovery.clone(), not_before: 0 };
            let same_person = memory.account.as_ref().is_some_and(|before| before.account.id == known.account.id);
            if !same_person {
                memory.forget_account();
            }
            memory.account = Some(known);
            memory.session = Some(session);
            memory.sign_in = SignIn::Idle;
            Progress::SignedIn
        }
        Err(error) => fail(memory, SignInProblem::Portal(error)),
    }
}

fn fail(memory: &mut Memory, problem: SignInProblem) -> Progress {
    // That a silent attempt needs a person is no failure: the button is there anyway.
    let silent = memory.sign_in.prompt() == Some(Prompt::Silent);
    let needs_person = matches!(problem, SignInProblem::Authorize(AuthorizeError::LoginRequired | AuthorizeError::Cancelled));
    memory.sign_in = if silent && needs_person { SignIn::Idle } else { SignIn::Failed(problem) };
    Progress::Ended
}

impl SignIn {
    /// Reads what [`SignIn::write`] wrote.
    pub fn read(value: &Value) -> Option<SignIn> {
        let (name, content) = value.as_choice()?;
        let item = |place| content.as_list().and_then(|items| items.get(place)).unwrap_or(content);
        Some(match (name, Prompt::of(item(0)), item(1).read()) {
            ("Idle", ..) => SignIn::Idle,
            ("Failed", ..) => SignIn::Failed(SignInProblem::read(content)?),
            ("Discovering", Some(prompt), _) => SignIn::Discovering(prompt),
            ("Proving", Some(prompt), Some(discovery)) => SignIn::Proving(prompt, discovery),
            ("Authorizing", Some(prompt), Some(discovery)) => SignIn::Authorizing(prompt, discovery, item(2).read()?),
            ("Redeeming", Some(prompt), Some(discovery)) => SignIn::Redeeming(prompt, discovery),
            ("Greeting", Some(prompt), Some(discovery)) => SignIn::Greeting(prompt, discovery, item(2).read()?),
            _ => return None,
        })
    }

    /// As JSON, for the storage.
    pub fn write(&self) -> String {
        let step = |prompt: &Prompt, rest: Vec<String>| json::list(std::iter::once(json::quoted(prompt.name())).chain(rest));
        match self {
            SignIn::Idle => json::quoted("Idle"),
            SignIn::Failed(problem) => json::tagged("Failed", &problem.write()),
            SignIn::Discovering(prompt) => json::tagged("Discovering", &json::quoted(prompt.name())),
            SignIn::Proving(prompt, discovery) => json::tagged("Proving", &step(prompt, vec![discovery.write()])),
            SignIn::Authorizing(prompt, discovery, proof) => {
                json::tagged("Authorizing", &step(prompt, vec![discovery.write(), proof.write()]))
            }
            SignIn::Redeeming(prompt, discovery) => json::tagged("Redeeming", &step(prompt, vec![discovery.write()])),
            SignIn::Greeting(prompt, discovery, grant) => json::tagged("Greeting", &step(prompt, vec![discovery.write(), grant.write()])),
        }
    }
}

impl Read for Grant {
    fn read(&mut self, value: &Value) -> bool {
        let mut fields = Fields::of(value);
        fields.required("access_token", &mut self.access_token);
        fields.required("expires_at", &mut self.expires_at);
        fields.are_read()
    }
}

impl Grant {
    fn write(&self) -> String {
        Object::default().text("access_token", &self.access_token).moment("expires_at", self.expires_at).done()
    }
}

impl SignInProblem {
    fn read(value: &Value) -> Option<SignInProblem> {
        match value.as_choice()? {
            ("Portal", error) => PortalError::read(error).map(SignInProblem::Portal),
            ("Authorize", error) => AuthorizeError::of(error).map(SignInProblem::Authorize),
            _ => None,
        }
    }

    fn write(self) -> String {
        match self {
            SignInProblem::Portal(error) => json::tagged("Portal", &error.write()),
            SignInProblem::Authorize(error) => json::tagged("Authorize", &json::quoted(error.name())),
        }
    }
}
