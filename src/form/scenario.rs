//! What a group of controls is for. Every clue has a weight in one table; the sum says how sure a sign-in form is to be
//! one. Sign-up and sign-in forms have the same fields, so most clues are words around them.

use super::clue::{Clue, Clues, Weighed};
use super::group::{Group, Nesting};
use super::role::{Evidence, Reading, Role};
use super::snapshot::{Control, Kind, Snapshot};
use super::text::{Concepts, Vocabulary};
use super::words::Concept;

/// What a group of controls is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scenario {
    /// User name and password.
    SignIn,
    /// The first of two steps: only the user name.
    UserNameStep,
    /// The second of two: the password of a name that was given before.
    PasswordStep,
    /// Opening an account.
    SignUp,
    /// Changing a password, or choosing a new one.
    ChangePassword,
    /// Asking for a new password.
    Reset,
    /// A code that works once.
    OneTimeCode,
    /// Searching.
    Search,
    /// Anything else.
    Other,
}

impl Scenario {
    /// Whether the password that the person has is asked for.
    pub(crate) fn takes_password(self) -> bool {
        matches!(self, Scenario::SignIn | Scenario::PasswordStep)
    }
}

/// A group with its purpose.
#[derive(Clone, Debug)]
pub(crate) struct Judged {
    pub(crate) scenario: Scenario,
    pub(crate) score: i32,
    pub(crate) clues: Vec<Weighed>,
    pub(crate) user: Option<u32>,
    pub(crate) password: Option<u32>,
    pub(crate) button: Option<u32>,
}

/// A form with a password is filled from this sum on.
const SIGN_IN: i32 = 0;
/// If nothing says what its fields are, something else has to say what it is for.
const NAMELESS: i32 = 3;
/// Whoever is asked for the password that they have, and for nothing else, said who they are before. A link back to the sign-in, as in
/// Okta's second step, leaves it in doubt, and the person is asked.
const MARKED_STEP: i32 = -1;
/// A password that the button verifies is one that the person has, too: as in Okta's second step where the field is not marked.
const VERIFIED_STEP: i32 = -3;
/// A form with nothing but a user name needs more, because newsletters look the same: a button that goes on, or a title
/// that speaks of signing in. Below [`super::plan`]'s measure of sure, a person is asked.
const USER_NAME_STEP: i32 = 3;
/// A field that nothing is said about needs more still.
const NAMELESS_STEP: i32 = 8;

/// Reads what is said around groups.
pub(crate) struct Judge<'a> {
    pub(crate) snapshot: &'a Snapshot,
    pub(crate) readings: &'a [Reading],
    pub(crate) nesting: &'a Nesting<'a>,
    pub(crate) vocabulary: &'a Vocabulary,
    pub(crate) title: Concepts,
}

impl<'a> Judge<'a> {
    fn controls(&self, places: &[u32]) -> Vec<(&'a Control, &'a Reading)> {
        let mut controls = Vec::new();
        for &place in places {
            if let (Some(control), Some(reading)) = (self.snapshot.control(place), self.readings.get(place as usize)) {
                controls.push((control, reading));
            }
        }
        controls
    }

    /// Says what a group is for.
    pub(crate) fn judge(&self, group: &'a Group) -> Judged {
        let mut clues = Clues::default();
        let members = self.controls(&group.members);
        let (mut passwords, mut texts) = (Vec::new(), Vec::new());
        for &(control, reading) in members.iter().filter(|(control, _)| control.visible && !control.disabled) {
            match control.kind() {
                Kind::Password if reading.role != Role::OneTimeCode => passwords.push((control, reading)),
                Kind::Text => texts.push((control, reading)),
                _ => {}
            }
        }
        let password = passwords
            .iter()
            .find(|(_, reading)| reading.role == Role::Password && !is_name(reading))
            .or(passwords.first())
            .map(|(control, _)| control.index);
        if texts.is_empty() {
            texts.extend(members.iter().filter(|(control, reading)| {
                control.visible && !control.disabled && control.kind() == Kind::Select && reading.role != Role::Tenant && is_name(reading)
            }));
        }
        let user = user_name(&texts, password);
        let last = password.or(user);
        let button = last.and_then(|after| super::submit::button(self.snapshot, self.readings, group, after));

        for (_, reading) in &passwords {
            let said = reading.shown.with(reading.named);
            match reading {
                Reading { evidence: Evidence::Autocomplete, role: Role::Password, .. } => clues.add(Clue::CurrentPassword),
                Reading { evidence: Evidence::Autocomplete, role: Role::NewPassword, .. } => clues.add(Clue::NewPasswordMarked),
                _ => {}
            }
            if said.has(Concept::Again) {
                clues.add(Clue::Repeated);
            } else if said.has(Concept::New) {
                clues.add(Clue::NewPasswordSaid);
            } else if said.has(Concept::Rules) {
                // Many a sign-in form tells them too.
                clues.add(Clue::PasswordRules);
            }
        }
        if passwords.len() > 1 {
            clues.add(Clue::SecondPassword);
        }
        if user.is_none() {
            clues.add(Clue::NobodyNamed);
        }
        if passwords.is_empty() && members.iter().any(|(control, _)| control.kind() == Kind::Password && !control.visible) {
            clues.add(Clue::HiddenPassword);
        }
        self.fields(&members, user, &mut clues);
        self.actions(group, password, button, &mut clues);
        self.words(group, &mut clues);
        if user.and_then(|at| self.snapshot.control(at)).is_some_and(|control| control.focused) {
            clues.add(Clue::Focused);
        }

        let score = clues.0.iter().map(|weighed| weighed.weight()).sum();
        let scenario = self.scenario(&clues, score, [password, user, button], &members);
        Judged { scenario, score, clues: clues.0, user, password, button }
    }

    fn fields(&self, members: &[(&Control, &Reading)], user: Option<u32>, clues: &mut Clues) {
        let user_role = user.and_then(|at| self.readings.get(at as usize)).map(|reading| reading.role);
        for (control, reading) in members {
            let kind = control.kind();
            if kind == Kind::Tick {
                match reading.role {
                    // A tick drawn by other means is invisible and still takes room; what takes none is not offered.
                    Role::Terms if control.width > 0 => clues.add(Clue::TermsTick),
                    Role::Remember if control.width > 0 => clues.add(Clue::RememberTick),
                    // "Create an account" at a checkout; of two radio buttons, one speaks of signing in.
                    _ if control.width > 0 && control.r#type == "checkbox" && reading.shown.has(Concept::SignUp) => {
                        clues.add(Clue::SignUpFields)
                    }
                    _ => {}
                }
            }
            if !control.visible || Some(control.index) == user {
                continue;
            }
            match (kind, reading.role) {
                (Kind::Text, Role::UserName | Role::Email) if reading.shown.has(Concept::Again) => clues.add(Clue::Repeated),
                (Kind::Text, Role::Person) => clues.add(Clue::PersonField),
                (Kind::Text, Role::UserName | Role::Email) if matches!(user_role, Some(Role::UserName | Role::Email)) => {
                    clues.add(Clue::TwoNames)
                }
                (Kind::Text, Role::Captcha | Role::Search | Role::OneTimeCode | Role::Tenant) => {}
                (Kind::Text, _) => clues.add(Clue::ExtraField),
                (Kind::Select | Kind::Other, Role::Tenant) => {}
                (Kind::Select | Kind::Other, _) => clues.add(Clue::ChoiceField),
                _ => {}
            }
            if matches!(kind, Kind::Text | Kind::Password) && reading.named.has(Concept::SignUp) {
                clues.add(Clue::SignUpFields);
            }
        }
    }

    fn actions(&self, group: &'a Group, password: Option<u32>, button: Option<u32>, clues: &mut Clues) {
        let pressed = button.and_then(|at| self.readings.get(at as usize));
        match pressed {
            // "Register and sign in" says little.
            Some(reading) if reading.shown.has(Concept::SignUp) => {}
            Some(reading) if reading.shown.has(Concept::SignIn) => clues.add(Clue::SignInButton),
            // Whoever goes on to the delivery need not sign in.
            Some(reading) if reading.shown.has(Concept::Payment) => {}
            // Where a password is asked for, what a person reads counts more than what a programmer named it.
            Some(reading) if reading.shown.has(Concept::Next) && (password.is_some() || !reading.named.has(Concept::SignIn)) => {
                clues.add(Clue::NextButton);
            }
            Some(reading) if reading.named.has(Concept::SignIn) => clues.add(Clue::SignInButton),
            _ => {}
        }
        for (control, reading) in [self.controls(&group.members), self.controls(&group.around)].concat() {
            if reading.role != Role::Action || !control.visible || Some(control.index) == button {
                continue;
            }
            let said = reading.shown;
            let submits = control.form.is_some() && matches!(control.r#type.as_str(), "submit" | "image");
            let main = button.is_none() && control.kind() == Kind::Button;
            if said.any(&[Concept::Forgot])
                || (said.has(Concept::Reset) && !submits)
                || (control.kind() == Kind::Link && reading.named.has(Concept::Forgot))
            {
                clues.add(if main && submits { Clue::ResetButton } else { Clue::ForgotLink });
            } else if said.has(Concept::Reset) {
                // Beside a button that signs in it is only the way out.
                clues.add(if clues.has(Clue::SignInButton) { Clue::ForgotLink } else { Clue::ResetButton });
            } else if said.has(Concept::Social) {
                clues.add(Clue::SocialLink);
            } else if said.has(Concept::SignUp) && !said.has(Concept::HasAccount) {
                clues.add(if main || submits && button.is_none() { Clue::SignUpButton } else { Clue::SignUpLink });
            } else if said.has(Concept::SignOut) {
                clues.add(Clue::SignOutLink);
            } else if said.any(&[Concept::SignIn, Concept::HasAccount]) {
                clues.add(Clue::SignInLink);
            } else if main && said.any(&[Concept::Search, Concept::Newsletter, Concept::Payment, Concept::Message]) {
                clues.add(Clue::OtherButton);
            }
        }
    }

    fn words(&self, group: &Group, clues: &mut Clues) {
        if let Some(heading) = self.heading(group) {
            clues.tell(heading, [Clue::SignInHeading, Clue::SignUpHeading, Clue::ResetHeading]);
            if heading.has(Concept::Newsletter) {
                clues.add(Clue::Newsletter);
            }
        }
        clues.tell(self.title, [Clue::SignInTitle, Clue::SignUpTitle, Clue::ResetTitle]);
        let Some(form) = group.form.and_then(|at| self.snapshot.forms.get(at as usize)) else { return };
        let named = self.vocabulary.read(&form.words).with(self.vocabulary.read(&form.action_path));
        clues.tell(named, [Clue::SignInNamed, Clue::SignUpNamed, Clue::ResetNamed]);
        if !group.entire {
            return;
        }
        let text = self.vocabulary.read(&form.text);
        for (concept, clue) in [
            // "If you have an account, sign in" stands above sign-in forms as well.
            (Concept::HasAccount, if clues.has(Clue::SignInButton) { Clue::AskedForNone } else { Clue::AskedForAccount }),
            (Concept::NoAccount, Clue::AskedForNone),
            (Concept::Rules, Clue::PasswordRules),
            (Concept::Terms, Clue::TermsText),
            (Concept::Newsletter, Clue::Newsletter),
        ] {
            if text.has(concept) {
                clues.add(clue);
            }
        }
    }

    /// The headings in the group's surroundings, or the last one before it that has no other group in between.
    fn heading(&self, group: &Group) -> Option<Concepts> {
        let first = group.members.first().copied().unwrap_or(0);
        let last = group.members.last().copied().unwrap_or(0);
        let inside =
            self.snapshot.headings.iter().filter(|heading| {
                heading.at <= last.saturating_add(1) && self.nesting.within(heading.r#box, group.scope) && group.scope >= 0
            });
        let mut said: Option<Concepts> = None;
        for heading in inside {
            said = Some(said.unwrap_or_default().with(self.vocabulary.read(&heading.text)));
        }
        said.or_else(|| {
            let before = self.snapshot.headings.iter().rev().find(|heading| heading.at <= first)?;
            let between = self.snapshot.controls.iter().filter(|control| {
                control.index >= before.at
                    && control.index < first
                    && control.visible
                    && matches!(control.kind(), Kind::Text | Kind::Password)
            });
            (between.count() == 0).then(|| self.vocabulary.read(&before.text))
        })
    }

    fn scenario(
        &self,
        clues: &Clues,
        score: i32,
        [password, user, button]: [Option<u32>; 3],
        members: &[(&Control, &Reading)],
    ) -> Scenario {
        let changes =
            clues.has(Clue::ResetButton) || clues.has(Clue::ResetHeading) || clues.has(Clue::ResetNamed) || clues.has(Clue::ResetTitle);
        let has = |role: Role| members.iter().any(|(control, reading)| control.visible && reading.role == role);
        let (code, search) = (has(Role::OneTimeCode), has(Role::Search));
        let of = |place: Option<u32>| place.and_then(|at| self.readings.get(at as usize));
        let named = of(user).is_some_and(|reading| matches!(reading.role, Role::UserName | Role::Email | Role::Phone));
        if let Some(reading) = of(password) {
            let is_rest = |control: &Control| control.visible && control.kind() == Kind::Password && Some(control.index) != password;
            // A user name that the browser masks is not filled; the password alone would be sent without it.
            if user.is_none() && members.iter().any(|(control, reading)| is_rest(control) && is_name(reading)) {
                return Scenario::Other;
            }
            // A code may be masked, too; where the button signs in, it is a bank's password.
            if user.is_none() && reading.evidence == Evidence::Type && reading.shown.has(Concept::AnyCode) && !clues.has(Clue::SignInButton)
            {
                return Scenario::OneTimeCode;
            }
            let said = named || reading.evidence != Evidence::Type;
            let is_marked = user.is_none() && clues.has(Clue::CurrentPassword) && !clues.has(Clue::SecondPassword);
            let is_verified = user.is_none()
                && reading.evidence == Evidence::Label
                && of(button).is_some_and(|pressed| pressed.shown.has(Concept::Again));
            let enough = if is_verified {
                VERIFIED_STEP
            } else if is_marked {
                MARKED_STEP
            } else if said {
                SIGN_IN
            } else {
                NAMELESS
            };
            if score >= enough {
                return if user.is_some() { Scenario::SignIn } else { Scenario::PasswordStep };
            }
            return if changes || clues.has(Clue::NobodyNamed) { Scenario::ChangePassword } else { Scenario::SignUp };
        }
        let is_code =
            |reading: &Reading| matches!(reading.evidence, Evidence::Type | Evidence::Nothing) && reading.shown.has(Concept::AnyCode);
        if code || of(user).is_some_and(is_code) {
            return Scenario::OneTimeCode;
        }
        if user.is_none() {
            return if search { Scenario::Search } else { Scenario::Other };
        }
        // A password that the browser does not mask is never filled; the name alone would be sent without it.
        if members.iter().any(|(control, reading)| control.visible && control.kind() == Kind::Text && reading.role == Role::Password) {
            return Scenario::Other;
        }
        if changes {
            return Scenario::Reset;
        }
        if clues.has(Clue::SignUpButton) || clues.has(Clue::SignUpHeading) {
            return Scenario::SignUp;
        }
        let enough = if named { USER_NAME_STEP } else { NAMELESS_STEP };
        if score >= enough { Scenario::UserNameStep } else { Scenario::Other }
    }
}

/// Whether what a person reads asks for a name and not for a password.
fn is_name(reading: &Reading) -> bool {
    reading.shown.has(Concept::User) && !reading.shown.has(Concept::Password)
}

/// The field for the user name: what is said about it, then its distance from the password.
fn user_name(texts: &[(&Control, &Reading)], password: Option<u32>) -> Option<u32> {
    let mut best: Option<(i32, u32)> = None;
    let nearest = password.and_then(|at| texts.iter().rev().find(|(control, _)| control.index < at)).map(|(control, _)| control.index);
    for (control, reading) in texts {
        let mut score = match reading.role {
            Role::UserName => 8,
            Role::Email => 7,
            Role::Phone => 3,
            Role::Other => 2,
            Role::Tenant => 0,
            Role::Person => -2,
            _ => -20,
        };
        if reading.evidence == Evidence::Autocomplete {
            score += 2;
        }
        if reading.shown.has(Concept::Again) {
            score -= 6;
        }
        if Some(control.index) == nearest {
            score += 4;
        } else if password.is_some_and(|at| control.index > at) {
            score -= 4;
        }
        if score > 0 && best.is_none_or(|(most, _)| score > most) {
            best = Some((score, control.index));
        }
    }
    best.map(|(_, place)| place)
}

/// Whether the page's own words ask for a choice. Which account is the right one, only the person can say.
pub(crate) fn asks_for_an_account(snapshot: &Snapshot) -> bool {
    let vocabulary = Vocabulary::get();
    let said = snapshot.headings.iter().fold(vocabulary.read(&snapshot.title), |said, heading| said.with(vocabulary.read(&heading.text)));
    said.has(Concept::Choose)
}
