//! Where an app is opened: as links are, by the keys that are held while it is chosen.

/// Where an app is opened.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Opening {
    /// In a new tab that is shown at once.
    #[default]
    Tab,
    /// In a new tab behind this one; the menu stays.
    Background,
    /// In a new window.
    Window,
    /// In the tab that is there, as what is typed into the address bar is.
    Here,
}

impl Opening {
    /// What people expect of a link: with Control (or Command) behind this tab, with Shift in a window of its own.
    pub fn of(control: bool, shift: bool) -> Opening {
        match (control, shift) {
            (true, _) => Opening::Background,
            (false, true) => Opening::Window,
            (false, false) => Opening::Tab,
        }
    }
}
