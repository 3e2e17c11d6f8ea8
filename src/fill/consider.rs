//! Whether a page may be filled, decided without a secret in hand: is it a page of this app, is it what it seems, and does
//! it show one form to sign in with?

use super::insistence;
use super::reply::{self, Reply};
use super::{Course, End, Fill, Target, page_of, refused};
use crate::Millis;
use crate::catalogue::App;
use crate::event::{InjectionError, Sight};
use crate::form::{Doubt, FieldPlan, FillPlan, Place, Refusal};
use crate::memory::{Memory, Standing};
use crate::popup::Button;
use crate::portal_url::PortalUrl;
use crate::provider::{PortalError, Request, api};
use crate::sent::{PasswordStatus, Sent};
use crate::state::State;
use crate::text::Text;

/// The sentence about a form that came back with its password.
pub(super) const ASKED_AGAIN: &str = "passwordAskedAgain";
/// The sentence about a form that is there again after the app had gone on.
pub(super) const SIGNED_OUT: &str = "signedOutAgain";
/// The sentence about a user name that is asked for again.
pub(super) const NAME_NOT_TAKEN: &str = "userNameNotTaken";
/// The sentence about another field that is asked for again; its second value is what people call it.
pub(super) const FIELD_NOT_TAKEN: &str = "fieldNotTaken";
/// All about what came back: said once to the person, and once to the portal.
pub(super) const COME_BACK: [&str; 4] = [ASKED_AGAIN, SIGNED_OUT, NAME_NOT_TAKEN, FIELD_NOT_TAKEN];

/// What to do about a page that was looked at.
pub(super) enum Verdict {
    /// Ask the portal, and write what it answers into this form.
    Go(Box<Target>, Request),
    /// Not yet; how it ends if it stays so.
    LookAgain(End),
}

/// Judges the page.
///
/// # Errors
/// How the fill ends here.
pub(super) fn consider(state: &State, fill: &Fill, sight: Result<Sight, InjectionError>, now: Millis) -> Result<Verdict, End> {
    let memory = &state.memory;
    let Some(app) = memory.catalogue.app(&fill.app) else { return Err(refused("appNotAssignedAnyMore", "")) };
    let name = app.name.as_str();
    let Standing::SignedIn(..) = memory.standing(now) else { return Err(End::Expired) };
    let sight = match sight {
        Ok(sight) => sight,
        Err(InjectionError::NoAccess) if fill.course != Course::First => return Err(refused("clickOnceMore", name)),
        Err(InjectionError::NoAccess) => return Err(refused("pageOffLimits", name)),
        // Between two documents there is none.
        Err(InjectionError::Gone) => return Ok(Verdict::LookAgain(refused("pageGone", name))),
    };
    let document = &sight.page;
    let Some(page) = page_of(app, sight.address()) else {
        // After a step, the next page may still be on its way.
        let end = refused("pageMoved", name);
        return if fill.course == Course::Next { Ok(Verdict::LookAgain(end)) } else { Err(end) };
    };
    let frame = app.frame_origin();
    if sight.above.is_none() && !frame.is_empty() {
        let end = End::Refused(Text::with_two("formInNamedFrame", name, frame), Some(Button::TurnOnAutomatic));
        // Where there is access, the frame may still be on its way.
        let is_within_reach = frame == page.origin.text() || app.frame_pattern().is_some_and(|pattern| state.granted.covers(&pattern));
        return if is_within_reach { Ok(Verdict::LookAgain(end)) } else { Err(end) };
    }
    let origin = page.origin.text();
    // What is in a frame is no safer than the page around it.
    let is_downgraded = origin.starts_with("https:") && !document.origin.starts_with("https:");
    let expected = if frame.is_empty() { origin.as_str() } else { frame };
    if document.sandboxed || is_downgraded || expected != document.origin {
        return Err(refused("pageSandboxed", name));
    }
    if document.prerendering {
        return Ok(Verdict::LookAgain(refused("formMissing", name)));
    }
    let sent = memory.sent.to(fill.tab, &fill.app);
    if let (Ok(plan), Some(sent)) = (&document.plan, sent) {
        let reply = reply::to_plan(&sight.document, plan, sent);
        // It may still turn into the next step; a click has seen that it did not.
        let is_awaited = reply == Reply::StillThere && fill.course == Course::Next;
        if is_awaited || reply == Reply::AskedAgain || reply == Reply::StillThere && sent.has_secret() {
            let end = asked_again(app, plan, sent);
            return if is_awaited { Ok(Verdict::LookAgain(end)) } else { Err(end) };
        }
    }
    // A form that we filled may have become one for a code.
    let is_fillable = matches!(document.plan, Ok(_) | Err(Refusal::NoForm | Refusal::Hidden));
    if is_fillable && fill.is_done_in(&sight.document, document.plan.as_ref().ok(), memory) {
        return Err(already_filled(fill, name));
    }
    let plan = match &document.plan {
        Ok(plan) => plan,
        Err(Refusal::NoForm | Refusal::Hidden) if !document.frame_origin.is_empty() => {
            return Ok(Verdict::LookAgain(End::Refused(Text::with_two("formInFrame", name, &document.frame_origin), None)));
        }
        Err(refusal @ (Refusal::NoForm | Refusal::Hidden)) => {
            return Ok(Verdict::LookAgain(End::Refused(Text::of_refusal(*refusal, name), None)));
        }
        Err(refusal) => return Err(End::Refused(Text::of_refusal(*refusal, name), None)),
    };
    // A person decides, before any credential is asked for; who was told where the form leads was told the worst of it.
    let told = fill.insistence.told();
    let origins = action_origins(app);
    let sends_elsewhere = !plan.action_origin.is_empty() && !origins.contains(&plan.action_origin);
    let question = if sends_elsewhere && told != Some(plan.action_origin.as_str()) {
        Some(Text::with_two(insistence::FOREIGN, name, &plan.action_origin))
    } else {
        let key = |doubt| if doubt == Doubt::SeveralForms { "formsSeveral" } else { "formDoubtful" };
        plan.doubt.filter(|_| told.is_none()).map(|doubt| Text::with(key(doubt), name))
    };
    if let Some(question) = question {
        return Err(End::Refused(question, Some(Button::FillAnyway(fill.app.clone()))));
    }
    let place = Place::new(document, origins, super::locators(app));
    let target = Box::new(Target { place, plan: plan.clone(), document: sight.document });
    let Some(session) = memory.password_session().filter(|session| now < session.expires_at) else {
        let vault = memory.policy.vault.as_ref().map_or("", PortalUrl::as_str);
        return Err(End::Refused(Text::with("vaultOffer", vault), Some(Button::SignIn)));
    };
    if session.is_patient(now) {
        return Err(portal_failed(memory, fill, PortalError::TooManyRequests));
    }
    let request = api::credential_request(&session.discovery, &session.access_token, &fill.app);
    Ok(Verdict::Go(target, request))
}

/// The app shows a form again that was sent. If it was a step without a secret, that is what is wrong. Whether a password is, or
/// whether the person has signed out, shows in whether the app was seen to go on before.
pub(super) fn asked_again(app: &App, plan: &FillPlan, sent: &Sent) -> End {
    if let Some(field) = plan.fields.first().filter(|_| sent.was_last(plan)) {
        return End::Refused(about(&app.name, field, FIELD_NOT_TAKEN, NAME_NOT_TAKEN), None);
    }
    if sent.status == PasswordStatus::Accepted {
        return End::Refused(Text::with(SIGNED_OUT, &app.name), Some(Button::FillAgain(app.id.clone())));
    }
    End::Refused(Text::with(ASKED_AGAIN, &app.name), Some(Button::EnterPassword(app.id.clone())))
}

/// What there is to say about a field: the first with what people call it, the second where it is not described.
pub(super) fn about(name: &str, field: &FieldPlan, named: &'static str, other: &'static str) -> Text {
    if field.label.is_empty() { Text::with(other, name) } else { Text::with_two(named, name, &field.label) }
}

/// The portal could not be asked, or has no answer.
pub(super) fn portal_failed(memory: &Memory, fill: &Fill, error: PortalError) -> End {
    let portal = memory.password_session().map_or(memory.settings.portal.as_str(), |session| session.discovery.issuer());
    let text = Text::of_portal_error(error, portal);
    End::Refused(text, Some(Button::FillAgain(fill.app.clone())))
}

/// The document holds our fill already.
pub(super) fn already_filled(fill: &Fill, name: &str) -> End {
    End::Refused(Text::with("alreadyFilled", name), Some(Button::FillAgain(fill.app.clone())))
}

/// The origins a form of this app may send to.
fn action_origins(app: &App) -> Vec<String> {
    let mut origins: Vec<String> = app.sign_on_rules.iter().map(|rule| rule.origin().text()).collect();
    if !app.frame_origin().is_empty() {
        origins.push(app.frame_origin().to_owned());
    }
    crate::distinct::distinct(origins)
}
