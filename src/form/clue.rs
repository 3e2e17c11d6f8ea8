//! What speaks for or against a sign-in form, and how much. The weights are judgements, rounded and few enough to be
//! argued about; `./build.sh bench forms FOLDER` shows what a change of one does to a folder of real pages.

use super::text::Concepts;
use super::words::Concept;

/// One thing that speaks for or against signing in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Clue {
    /// A password that the person has, by `autocomplete`.
    CurrentPassword,
    /// A password to choose, by `autocomplete`.
    NewPasswordMarked,
    /// A password to choose, by what is said about it.
    NewPasswordSaid,
    /// A password, name or address to repeat.
    Repeated,
    /// A second password of any kind.
    SecondPassword,
    /// A password that is not shown yet, beside a user name.
    HiddenPassword,
    /// No field to tell who it is.
    NobodyNamed,
    /// A field that signing in does not need.
    ExtraField,
    /// A name, birthday or address.
    PersonField,
    /// Both an account name and an e-mail address, or an address twice.
    TwoNames,
    /// A list to choose from or a long text.
    ChoiceField,
    /// Consent to terms or a newsletter.
    TermsTick,
    /// Staying signed in.
    RememberTick,
    /// The button signs in.
    SignInButton,
    /// The button goes on.
    NextButton,
    /// The button opens an account.
    SignUpButton,
    /// The button changes a password or sends one.
    ResetButton,
    /// The button searches, pays or subscribes.
    OtherButton,
    /// A link for a forgotten password.
    ForgotLink,
    /// A link to open an account.
    SignUpLink,
    /// A link to sign in.
    SignInLink,
    /// Someone is signed in already.
    SignOutLink,
    /// Another service to sign in with.
    SocialLink,
    /// The heading speaks of signing in.
    SignInHeading,
    /// The heading speaks of opening an account.
    SignUpHeading,
    /// The heading speaks of changing a password.
    ResetHeading,
    /// The form is named after signing in.
    SignInNamed,
    /// The form is named after opening an account.
    SignUpNamed,
    /// The form is named after changing a password.
    ResetNamed,
    /// Fields are named after opening an account.
    SignUpFields,
    /// The page is titled after signing in.
    SignInTitle,
    /// The page is titled after opening an account.
    SignUpTitle,
    /// The page is titled after changing a password.
    ResetTitle,
    /// The text asks who has an account already.
    AskedForAccount,
    /// The text asks who has none yet.
    AskedForNone,
    /// Rules for a password are given.
    PasswordRules,
    /// The text speaks of terms.
    TermsText,
    /// The text or heading speaks of a newsletter.
    Newsletter,
    /// The user's field has the focus.
    Focused,
}

impl Clue {
    /// What it adds to the sum; positive speaks for signing in.
    const fn weight(self) -> i32 {
        match self {
            Clue::CurrentPassword => 5,
            Clue::NewPasswordMarked => -4,
            Clue::NewPasswordSaid => -9,
            Clue::Repeated => -14,
            Clue::SecondPassword => -6,
            Clue::HiddenPassword => 4,
            Clue::NobodyNamed => -2,
            Clue::ExtraField => -2,
            Clue::PersonField => -4,
            Clue::TwoNames => -4,
            Clue::ChoiceField => -2,
            Clue::TermsTick => -6,
            Clue::RememberTick => 6,
            Clue::SignInButton => 8,
            Clue::NextButton => 3,
            Clue::SignUpButton => -12,
            Clue::ResetButton => -10,
            Clue::OtherButton => -8,
            Clue::ForgotLink => 6,
            Clue::SignUpLink => 3,
            Clue::SignInLink => -4,
            Clue::SignOutLink => -6,
            Clue::SocialLink => 1,
            Clue::SignInHeading => 5,
            Clue::SignUpHeading => -7,
            Clue::ResetHeading => -8,
            Clue::SignInNamed => 4,
            Clue::SignUpNamed => -6,
            Clue::ResetNamed => -6,
            Clue::SignUpFields => -4,
            Clue::SignInTitle => 3,
            Clue::SignUpTitle => -4,
            Clue::ResetTitle => -4,
            Clue::AskedForAccount => -5,
            Clue::AskedForNone => 3,
            Clue::PasswordRules => -4,
            Clue::TermsText => -3,
            Clue::Newsletter => -4,
            Clue::Focused => 1,
        }
    }
}

/// A clue with how often it was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Weighed {
    /// What was found.
    pub clue: Clue,
    /// How often, at most three times.
    pub times: i32,
}

impl Weighed {
    /// What it adds to the sum.
    pub fn weight(self) -> i32 {
        self.clue.weight() * self.times
    }
}

/// Everything that was found about a group.
#[derive(Default)]
pub(crate) struct Clues(pub(crate) Vec<Weighed>);

impl Clues {
    /// Counts a clue.
    pub(crate) fn add(&mut self, clue: Clue) {
        match self.0.iter_mut().find(|weighed| weighed.clue == clue) {
            Some(weighed) => weighed.times = (weighed.times + 1).min(3),
            None => self.0.push(Weighed { clue, times: 1 }),
        }
    }

    /// Signing in, opening an account or changing a password; what speaks of several says little.
    pub(crate) fn tell(&mut self, said: Concepts, [sign_in, sign_up, reset]: [Clue; 3]) {
        let (is_in, is_up) = (said.has(Concept::SignIn), said.has(Concept::SignUp));
        if said.any(&[Concept::Reset, Concept::Forgot]) && !is_in {
            self.add(reset);
        } else if is_in && !is_up {
            self.add(sign_in);
        } else if is_up && !is_in {
            self.add(sign_up);
        }
    }

    /// Whether a clue was found.
    pub(crate) fn has(&self, clue: Clue) -> bool {
        self.0.iter().any(|weighed| weighed.clue == clue)
    }
}
