//! Signing in, as a machine: discovery → proof → window → code → token → who are you.
//!
//! It survives nothing: a sign-in whose context died is found by the next popup (the sign-in lock is free) and tried again
//! silently, because the portal may already know the person.

use crate::Millis;
use crate::effect::{Effect, Job, Purpose};
use crate::json::{self, Fields, Named, Object, Read, Value};
use crate::memory::{KnownAccount, Memory, Session};
use crate::portal_url::PortalUrl;
use crate::provider::api::Account;
use crate::provider::discovery::Discovery;
use crate::provider::oauth::{self, AuthorizeError, Prompt, Proof};
use crate::provider::protocol::Protocol;
use crate::provider::{Exchange, PortalError};
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
    /// Waiting for the description of this portal.
    Discovering(Prompt, PortalUrl),
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
            SignIn::Idle | SignIn::Failed(_) => true,
            SignIn::Discovering(_, other) => other == portal,
            SignIn::Proving(_, discovery)
            | SignIn::Authorizing(_, discovery, _)
            | SignIn::Redeeming(_, discovery)
            | SignIn::Greeting(_, discovery, _) => discovery.issuer() == portal.as_str(),
        }
    }

    /// What failed before is not said any more.
    pub(crate) fn forget_failure(&mut self) {
        if let SignIn::Failed(_) = self {
            *self = SignIn::Idle;
        }
    }

    /// How much the one under way may show.
    pub fn prompt(&self) -> Option<Prompt> {
        match self {
            SignIn::Idle | SignIn::Failed(_) => None,
            SignIn::Discovering(prompt, _)
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

/// Starts, at the portal or, when somebody is signed in there already, at its companion. What is there is asked first,
/// because Firefox's window hangs on an unreachable portal.
pub fn start(memory: &mut Memory, now: Millis, prompt: Prompt, effects: &mut Vec<Effect>) {
    let companion = memory.companion(now);
    let portal = companion.unwrap_or(&memory.settings.portal).clone();
    memory.epoch = memory.epoch.wrapping_add(1);
    memory.notice = None;
    let request = Protocol::of(&portal).discovery_request(&portal, &memory.registration());
    memory.sign_in = SignIn::Discovering(prompt, portal);
    effects.push(Effect::Ask { purpose: Purpose::SignInDiscovery, epoch: memory.epoch, request });
}

/// Gives up, and has the window closed; answers still under way will be dropped.
pub fn cancel(memory: &mut Memory, effects: &mut Vec<Effect>) {
    if memory.sign_in.prompt() == Some(Prompt::Interactive) {
        effects.push(Effect::AskWorker(Job::Cancel));
    }
    abandon(memory);
}

/// Gives up one that nobody drives any more; answers still under way will be dropped.
pub fn abandon(memory: &mut Memory) {
    memory.epoch = memory.epoch.wrapping_add(1);
    memory.sign_in = SignIn::Idle;
}

/// The portal's description arrived.
pub fn discovered(memory: &mut Memory, environment: &Environment, exchange: Exchange, effects: &mut Vec<Effect>) -> Progress {
    let SignIn::Discovering(prompt, portal) = &memory.sign_in else { return Progress::Waiting };
    match Protocol::of(portal).discovery(portal, &memory.registration(), environment.version, exchange) {
        Ok(discovery) => {
            memory.sign_in = SignIn::Proving(*prompt, discovery);
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
    let known = memory.account.as_ref().map(|known| &known.account);
    let url = oauth::authorize_url(&discovery, &environment.redirect_uri, &proof, prompt, known);
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
    if let Some(refusal) = oauth::refusal(&exchange) {
        return fail(memory, SignInProblem::Authorize(refusal));
    }
    match oauth::read_token(exchange) {
        Ok(token) => {
            let request = discovery.protocol().account_request(discovery, &token.access_token);
            let grant = Grant { access_token: token.access_token.reveal().to_owned(), expires_at: now.saturating_add(token.lifetime) };
            memory.sign_in = SignIn::Greeting(*prompt, discovery.clone(), grant);
            effects.push(Effect::Ask { purpose: Purpose::Account, epoch: memory.epoch, request });
            Progress::Waiting
        }
        Err(error) => fail(memory, SignInProblem::Portal(error)),
    }
}

/// The person's name arrived: signed in. Another person than before finds nothing of the one before.
pub fn greeted(memory: &mut Memory, exchange: Exchange) -> Progress {
    let SignIn::Greeting(prompt, discovery, grant) = &memory.sign_in else { return Progress::Waiting };
    let account = match discovery.protocol().read_account(exchange) {
        Ok(account) => account,
        Err(error) => return fail(memory, SignInProblem::Portal(error)),
    };
    let access_token = Secret::new(grant.access_token.clone());
    let (prompt, discovery, expires_at) = (*prompt, discovery.clone(), grant.expires_at);
    let product_name = discovery.product_name.clone();
    let of_portal = discovery.issuer() == memory.settings.portal.as_str();
    let session = Session { access_token, expires_at, discovery, not_before: 0, fresh_until: 0 };
    if !of_portal {
        return open_vault(memory, &account, session);
    }
    let known = KnownAccount { portal: memory.settings.portal.clone(), product_name, account };
    let same_person = memory.account.as_ref().is_some_and(|before| before.account.id == known.account.id);
    if !same_person {
        // Who else is known to the portal in this browser is found out with nobody looking.
        if prompt == Prompt::Silent && memory.account.is_some() {
            return fail(memory, SignInProblem::Authorize(AuthorizeError::LoginRequired));
        }
        memory.forget_account();
    }
    memory.account = Some(known);
    memory.session = Some(session);
    memory.sign_in = SignIn::Idle;
    Progress::SignedIn
}

/// The companion portal knows the person too. Not another one: it may still be somebody else's in this browser.
fn open_vault(memory: &mut Memory, account: &Account, session: Session) -> Progress {
    let same_person = memory.account.as_ref().is_some_and(|known| known.account.username.eq_ignore_ascii_case(&account.username));
    if !same_person {
        return fail(memory, SignInProblem::Authorize(AuthorizeError::OtherPerson));
    }
    memory.vault = Some(session);
    memory.sign_in = SignIn::Idle;
    // The list is to be made anew, with what can be filled.
    if let Some(session) = &mut memory.session {
        session.fresh_until = 0;
    }
    Progress::SignedIn
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
            ("Discovering", Some(prompt), _) => SignIn::Discovering(prompt, item(1).read()?),
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
            SignIn::Discovering(prompt, portal) => json::tagged("Discovering", &step(prompt, vec![json::quoted(portal.as_str())])),
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
            ("Authorize", error) => AuthorizeError::read(error).map(SignInProblem::Authorize),
            _ => None,
        }
    }

    fn write(self) -> String {
        match self {
            SignInProblem::Portal(error) => json::tagged("Portal", &error.write()),
            SignInProblem::Authorize(error) => json::tagged("Authorize", &error.write()),
        }
    }
}
