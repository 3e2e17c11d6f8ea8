//! Which fields of which form are filled, and how the form is sent. One form, visible fields, and a password only into
//! a password field; whatever else looks possible becomes a refusal or a doubt that the person settles.

use super::descriptor::{Descriptor, DescriptorStep, ValueType};
use super::group::{Group, Nesting, groups};
use super::role::{Reading, read};
use super::scenario::{Judge, Judged, Scenario, asks_for_an_account};
use super::snapshot::{Control, Kind, Snapshot};
use super::text::{Vocabulary, fold};

/// Names a field of the credential.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct FieldId(String);

impl FieldId {
    /// The user name.
    pub const USER_NAME: &'static str = "username";
    /// The password.
    pub const PASSWORD: &'static str = "password";

    /// The field of that name.
    pub fn new(id: &str) -> Self {
        FieldId(id.to_owned())
    }

    /// The name as the portal writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// One field to write.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FieldPlan {
    /// Its place in the snapshot.
    pub index: u32,
    /// What must be unchanged when it is written.
    pub fingerprint: String,
    /// What is written.
    pub value: FieldId,
    /// What people call it; empty if nobody described it.
    pub label: String,
    /// Only a password field may take it.
    pub secret: bool,
    /// It holds something already.
    pub filled: bool,
}

/// How a form is sent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Submit {
    /// By pressing this control.
    Button {
        /// Its place in the snapshot.
        index: u32,
        /// What must be unchanged when it is pressed.
        fingerprint: String,
    },
    /// By asking the form element.
    Request,
    /// By the Enter key, where there is no form element.
    #[default]
    Enter,
}

/// Why a person should confirm before a credential is fetched.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Doubt {
    /// Another form looks as much like the right one.
    SeveralForms,
    /// Something lies over a field.
    Covered,
    /// Little speaks for a sign-in form.
    #[default]
    Weak,
    /// The described fields are in a form that seems to have another purpose.
    Purpose,
}

/// What to write where.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FillPlan {
    /// The fields, the password last.
    pub fields: Vec<FieldPlan>,
    /// How the form is sent.
    pub submit: Submit,
    /// The origin that the form is sent to; empty when scripts decide.
    pub action_origin: String,
    /// The description did not fit and was replaced by judgement.
    pub form_changed: bool,
    /// Why to ask first; none if it may be done at once.
    pub doubt: Option<Doubt>,
}

/// Why nothing is filled.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Refusal {
    /// The document is in a frame, sandboxed or not shown.
    Document,
    /// There is nothing that looks like a sign-in form.
    #[default]
    NoForm,
    /// There are fields, but a person can't see them.
    Hidden,
    /// The form opens an account.
    SignUp,
    /// The form changes a password.
    ChangePassword,
    /// The form asks for a new password.
    Reset,
    /// The page wants a code that works once.
    OneTimeCode,
    /// The page wants one of several accounts to be chosen.
    ChooseAccount,
}

/// From this sum on a form is surely one for signing in.
const SURE: i32 = 4;
/// Forms whose sums differ less than this are alike.
const ALIKE: i32 = 3;
/// What a form loses in comparison when something lies over it.
const COVERED: i32 = 8;
/// What it loses when it stands in the page's header: the page's own form is the one that was opened.
const ASIDE: i32 = 6;

/// Plans the next filling of a page.
///
/// # Errors
/// Says why nothing may be filled.
pub fn plan(snapshot: &Snapshot, descriptor: Option<&Descriptor>) -> Result<FillPlan, Refusal> {
    // A frame is filled only where an administrator named it.
    let is_named = |frame: &str| !frame.is_empty() && frame == snapshot.origin;
    let is_meant = snapshot.top || descriptor.is_some_and(|descriptor| is_named(&descriptor.frame_origin));
    if !is_meant || snapshot.sandboxed || snapshot.prerendering {
        return Err(Refusal::Document);
    }
    let mut result = Err(Refusal::NoForm);
    survey(snapshot, &mut |snapshot, readings, judged| {
        result = decide(snapshot, readings, judged, descriptor.filter(|descriptor| !descriptor.steps.is_empty()));
    });
    result
}

fn decide(
    snapshot: &Snapshot,
    readings: &[Reading],
    judged: &[(&Group, Judged)],
    descriptor: Option<&Descriptor>,
) -> Result<FillPlan, Refusal> {
    let Some(descriptor) = descriptor else { return heuristic(snapshot, judged) };
    if let Some(plan) = described(snapshot, readings, judged, descriptor) {
        return Ok(plan);
    }
    let mut plan = heuristic(snapshot, judged)?;
    plan.form_changed = true;
    Ok(plan)
}

/// Takes what was found: the page, what each control is for, and what each group is for.
type Show<'a> = dyn FnMut(&Snapshot, &[Reading], &[(&Group, Judged)]) + 'a;

/// Judges every group of a page, and shows what was found. One function for all who ask: each would bring a copy of the judge.
pub(super) fn survey(snapshot: &Snapshot, show: &mut Show<'_>) {
    let snapshot = &snapshot.clone().checked();
    let vocabulary = Vocabulary::get();
    let readings = &read(snapshot, vocabulary);
    let groups = groups(snapshot, readings);
    let nesting = &Nesting::new(snapshot);
    let judge = Judge { snapshot, readings, nesting, vocabulary, title: vocabulary.read(&snapshot.title) };
    let judged: Vec<_> = groups.iter().map(|group| (group, judge.judge(group))).collect();
    show(snapshot, readings, &judged);
}

fn heuristic(snapshot: &Snapshot, judged: &[(&Group, Judged)]) -> Result<FillPlan, Refusal> {
    let worth = |judged: &Judged| {
        let field = judged.password.or(judged.user).and_then(|at| snapshot.control(at));
        let loss = field.map_or(0, |control| i32::from(control.covered) * COVERED + i32::from(control.aside) * ASIDE);
        judged.score - loss
    };
    for password in [true, false] {
        let fits = |judged: &Judged| if password { judged.scenario.takes_password() } else { judged.scenario == Scenario::UserNameStep };
        let mut best: Option<&(&Group, Judged)> = None;
        for candidate in judged.iter().filter(|(_, judged)| fits(judged)) {
            if best.is_none_or(|(_, known)| worth(&candidate.1) > worth(known)) {
                best = Some(candidate);
            }
        }
        let Some((group, chosen)) = best else { continue };
        let rivals = judged.iter().filter(|(_, other)| fits(other) && worth(other) + ALIKE > worth(chosen)).count();
        let mut plan = FillPlan {
            fields: Vec::new(),
            submit: send(snapshot, chosen, group),
            action_origin: String::new(),
            form_changed: false,
            doubt: None,
        };
        // A name that stands there unchangeable belongs to the step before.
        let user = chosen.user.and_then(|at| snapshot.control(at)).filter(|control| !(control.read_only && control.filled));
        let password = chosen.password.and_then(|at| snapshot.control(at));
        let covered = user.into_iter().chain(password).any(|control| control.covered);
        for (control, id, secret) in [(user, FieldId::USER_NAME, false), (password, FieldId::PASSWORD, true)] {
            if let Some(control) = control {
                plan.fields.push(field(control, id, secret));
            }
        }
        plan.doubt = if covered {
            Some(Doubt::Covered)
        } else if rivals > 1 {
            Some(Doubt::SeveralForms)
        } else if chosen.score < SURE {
            Some(Doubt::Weak)
        } else {
            None
        };
        plan.action_origin = destination(snapshot, &plan.fields, &plan.submit);
        if !plan.fields.is_empty() {
            return Ok(plan);
        }
    }
    Err(refusal(snapshot, judged))
}

fn refusal(snapshot: &Snapshot, judged: &[(&Group, Judged)]) -> Refusal {
    for (scenario, refusal) in [
        (Scenario::OneTimeCode, Refusal::OneTimeCode),
        (Scenario::ChangePassword, Refusal::ChangePassword),
        (Scenario::SignUp, Refusal::SignUp),
        (Scenario::Reset, Refusal::Reset),
    ] {
        if judged.iter().any(|(_, judged)| judged.scenario == scenario) {
            return refusal;
        }
    }
    if asks_for_an_account(snapshot) {
        return Refusal::ChooseAccount;
    }
    let hidden = snapshot.controls.iter().any(|control| control.kind() == Kind::Password && !control.visible);
    if hidden { Refusal::Hidden } else { Refusal::NoForm }
}

fn field(control: &Control, id: &str, secret: bool) -> FieldPlan {
    FieldPlan {
        index: control.index,
        fingerprint: control.fingerprint.clone(),
        value: FieldId::new(id),
        label: String::new(),
        secret,
        filled: control.filled,
    }
}

fn pressed(control: &Control) -> Submit {
    Submit::Button { index: control.index, fingerprint: control.fingerprint.clone() }
}

fn send(snapshot: &Snapshot, judged: &Judged, group: &Group) -> Submit {
    match judged.button.and_then(|at| snapshot.control(at)) {
        Some(control) => pressed(control),
        None if group.form.is_some() => Submit::Request,
        None => Submit::Enter,
    }
}

fn destination(snapshot: &Snapshot, fields: &[FieldPlan], submit: &Submit) -> String {
    if let Submit::Button { index, .. } = submit
        && let Some(button) = snapshot.control(*index).filter(|control| !control.action_origin.is_empty())
    {
        return button.action_origin.clone();
    }
    let form = fields.first().and_then(|field| snapshot.control(field.index)).and_then(|control| control.form);
    form.and_then(|at| snapshot.forms.get(at as usize)).map(|form| form.action_origin.clone()).unwrap_or_default()
}

/// The first step of the description whose fields are all there. One that holds values already gives way to one that does not:
/// a step often stays where it is while the next one appears.
fn described(snapshot: &Snapshot, readings: &[Reading], judged: &[(&Group, Judged)], descriptor: &Descriptor) -> Option<FillPlan> {
    let mut filled = None;
    let mut next = 0;
    for step in &descriptor.steps {
        let located = snapshot.located.get(next..next + step.fields.len() + 1).unwrap_or(&[]);
        next += step.fields.len() + 1;
        if let Some(plan) = step_plan(snapshot, readings, judged, step, located) {
            if plan.fields.iter().any(|field| !field.filled) {
                return Some(plan);
            }
            filled = filled.or(Some(plan));
        }
    }
    filled
}

fn step_plan(
    snapshot: &Snapshot,
    readings: &[Reading],
    judged: &[(&Group, Judged)],
    step: &DescriptorStep,
    located: &[Option<u32>],
) -> Option<FillPlan> {
    let mut fields: Vec<FieldPlan> = Vec::new();
    let mut form: Option<Option<u32>> = None;
    let mut form_changed = false;
    let mut found = 0;
    for (place, wanted) in step.fields.iter().enumerate() {
        let secret = wanted.r#type == ValueType::Password || wanted.field_id == FieldId::PASSWORD;
        let fits = |control: &&Control| {
            (control.is_writable() || control.is_choice())
                && (control.kind() == Kind::Password || !secret)
                && form.is_none_or(|known| known == control.form)
                && fields.iter().all(|field| field.index != control.index)
        };
        let control = match located.get(place).copied().flatten().and_then(|at| snapshot.control(at)).filter(fits) {
            Some(control) => {
                found += 1;
                control
            }
            None => {
                form_changed = true;
                substitute(snapshot, readings, judged, wanted).filter(fits)?
            }
        };
        form = Some(control.form);
        // The password last.
        let place = if secret { fields.len() } else { fields.iter().take_while(|field| !field.secret).count() };
        let label = if wanted.label.is_empty() { &wanted.field_id } else { &wanted.label };
        fields.insert(place, FieldPlan { label: label.clone(), ..field(control, &wanted.field_id, secret) });
    }
    if found == 0 {
        return None;
    }
    let home = judged.iter().find(|(group, _)| fields.iter().any(|field| group.members.contains(&field.index)));
    let last = fields.iter().map(|field| field.index).max().unwrap_or(0);
    let named = located.get(step.fields.len()).copied().flatten().and_then(|at| snapshot.control(at));
    form_changed |= named.is_none() && !step.submit.is_empty();
    let submit = match (named, home) {
        (Some(control), _) => pressed(control),
        (None, Some((group, _))) => match super::submit::button(snapshot, readings, group, last).and_then(|at| snapshot.control(at)) {
            Some(control) => pressed(control),
            None if group.form.is_some() => Submit::Request,
            None => Submit::Enter,
        },
        (None, None) => Submit::Enter,
    };
    let secret = fields.iter().any(|field| field.secret);
    let covered = fields.iter().filter_map(|field| snapshot.control(field.index)).any(|control| control.covered);
    let purpose = secret && home.is_some_and(|(_, judged)| matches!(judged.scenario, Scenario::SignUp | Scenario::ChangePassword));
    Some(FillPlan {
        action_origin: destination(snapshot, &fields, &submit),
        fields,
        submit,
        form_changed,
        doubt: if covered {
            Some(Doubt::Covered)
        } else if purpose {
            Some(Doubt::Purpose)
        } else {
            None
        },
    })
}

/// What stands in for a control that its selectors did not find: the classified field, or one with the same label.
fn substitute<'a>(
    snapshot: &'a Snapshot,
    readings: &[Reading],
    judged: &[(&Group, Judged)],
    wanted: &super::descriptor::DescriptorField,
) -> Option<&'a Control> {
    let home = judged
        .iter()
        .filter(|(_, judged)| judged.scenario.takes_password() || judged.scenario == Scenario::UserNameStep)
        .max_by_key(|(_, judged)| judged.score);
    let at = match wanted.field_id.as_str() {
        FieldId::USER_NAME => home.and_then(|(_, judged)| judged.user),
        FieldId::PASSWORD => home.and_then(|(_, judged)| judged.password),
        _ => {
            let label = fold(&wanted.label);
            let same = |control: &&Control| !label.trim().is_empty() && fold(&control.label).trim() == label.trim();
            snapshot
                .controls
                .iter()
                .zip(readings)
                .find(|(control, _)| control.is_writable() && same(control))
                .map(|(control, _)| control.index)
        }
    };
    at.and_then(|at| snapshot.control(at))
}
