//! Everything that can be pressed in the popup, and how it is written on the element that stands for it.

use crate::provider::discovery::Link;

/// Everything that can be pressed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Button {
    /// Open the portal's sign-in window.
    SignIn,
    /// Stop waiting for it.
    CancelSignIn,
    /// Forget the person here and at the portal.
    SignOut,
    /// Choose another portal.
    ChangePortal,
    /// Open the portal itself.
    OpenPortal,
    /// Search there for what was typed here.
    SearchPortal,
    /// Open a page of the portal that is about the person's account.
    Open(Link),
    /// Open the settings.
    Settings,
    /// Open the page that finds out what is wrong.
    Help,
    /// Ask the browser for access to the apps' hosts.
    TurnOnAutomatic,
    /// Not now.
    DeclineAutomatic,
    /// Open the portal's page for this app's password.
    EnterPassword(String),
    /// Fill this app again.
    FillAgain(String),
    /// Fill this app although the form may be another one.
    FillAnyway(String),
    /// Open an address, so that the browser says what is wrong with it.
    OpenAddress(String),
    /// Read the list of apps again.
    Refresh,
    /// Back to the menu.
    Back,
    /// Teach the page's form.
    Teach,
}

impl Button {
    /// For the element that stands for it: a letter, then what belongs to it.
    pub fn write(&self) -> String {
        let (letter, content) = match self {
            Button::SignIn => ("i", ""),
            Button::CancelSignIn => ("c", ""),
            Button::SignOut => ("o", ""),
            Button::ChangePortal => ("p", ""),
            Button::OpenPortal => ("P", ""),
            Button::SearchPortal => ("q", ""),
            Button::Open(Link::AddApp) => ("0", ""),
            Button::Open(Link::Groups) => ("1", ""),
            Button::Open(Link::ResetPassword) => ("2", ""),
            Button::Open(Link::RegisterForReset) => ("3", ""),
            Button::Settings => ("s", ""),
            Button::Help => ("h", ""),
            Button::TurnOnAutomatic => ("t", ""),
            Button::DeclineAutomatic => ("d", ""),
            Button::EnterPassword(app) => ("e", app.as_str()),
            Button::FillAgain(app) => ("f", app.as_str()),
            Button::FillAnyway(app) => ("F", app.as_str()),
            Button::OpenAddress(address) => ("a", address.as_str()),
            Button::Refresh => ("r", ""),
            Button::Back => ("b", ""),
            Button::Teach => ("l", ""),
        };
        [letter, content].concat()
    }

    /// Reads what was written.
    pub fn read(written: &str) -> Option<Button> {
        let mut letters = written.chars();
        let letter = letters.next()?;
        let content = letters.as_str().to_owned();
        Some(match letter {
            'i' => Button::SignIn,
            'c' => Button::CancelSignIn,
            'o' => Button::SignOut,
            'p' => Button::ChangePortal,
            'P' => Button::OpenPortal,
            'q' => Button::SearchPortal,
            '0' => Button::Open(Link::AddApp),
            '1' => Button::Open(Link::Groups),
            '2' => Button::Open(Link::ResetPassword),
            '3' => Button::Open(Link::RegisterForReset),
            's' => Button::Settings,
            'h' => Button::Help,
            't' => Button::TurnOnAutomatic,
            'd' => Button::DeclineAutomatic,
            'e' => Button::EnterPassword(content),
            'f' => Button::FillAgain(content),
            'F' => Button::FillAnyway(content),
            'a' => Button::OpenAddress(content),
            'r' => Button::Refresh,
            'b' => Button::Back,
            'l' => Button::Teach,
            _ => return None,
        })
    }
}
