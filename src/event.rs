//! What happened. Everything the core ever learns arrives as one of these.

use crate::Millis;
use crate::diagnostics::{Act, Facts};
use crate::effect::Purpose;
use crate::form::{Judgement, Report};
use crate::opening::Opening;
use crate::options::Decision;
use crate::popup::Button;
use crate::portal_url::PortalUrl;
use crate::provider::Exchange;
use crate::provider::oauth::{AuthorizeError, Proof};
use crate::secret::Secret;
use crate::teach;

/// A tab, as far as the browser lets us see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tab {
    /// The browser's number.
    pub id: i32,
    /// Known where `activeTab` or host access shows it.
    pub url: Option<String>,
    /// In a private window.
    pub private: bool,
}

/// The form in one document.
#[derive(Debug, Clone)]
pub struct Sight {
    /// The browser's id of the document.
    pub document: String,
    /// What is in it.
    pub page: Judgement,
    /// The address of the page around it, if it is in a frame.
    pub above: Option<String>,
}

impl Sight {
    /// The address that a person sees.
    pub fn address(&self) -> &str {
        self.above.as_deref().unwrap_or(&self.page.href)
    }
}

/// Why a page could not be touched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InjectionError {
    /// The browser does not let us (any more).
    NoAccess,
    /// The document or the tab is gone.
    Gone,
}

/// Up or down the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Move {
    /// To the next one.
    Down,
    /// To the one before.
    Up,
    /// To the first.
    First,
    /// To the last.
    Last,
}

/// One thing that happened.
#[derive(Debug, Clone)]
pub enum Event {
    /// The worker runs for the first time after installation, update or the browser's start.
    Started,
    /// The popup asked the worker to sign in.
    SignInRequested,
    /// The person gave up the sign-in in the popup.
    SignInCancelled,
    /// A popup asked the worker for the list of apps, or the time to ask on has come.
    ListRequested,
    /// Something changed that decides which internal addresses lead to external ones, or it is time to look again.
    LinksDue,
    /// Something changed that decides what the browser shows outside of our pages.
    OutsideDue,
    /// The browser shows what it was asked to by this number.
    OutsideShown(u32),
    /// The browser has a network again, perhaps another one.
    CameOnline,
    /// The company's administrators decided otherwise.
    PolicyChanged,
    /// Another language was chosen.
    LanguageChanged,
    /// A portal was chosen in the icon's menu.
    PortalChosen(PortalUrl),
    /// **Other…** was chosen in the icon's menu.
    OtherPortalChosen,
    /// The person or the browser changed which hosts we may touch.
    HostAccessChanged,
    /// A page of one of our hosts was reached; says nothing else, everything is the browser's word.
    Arrived {
        /// The tab.
        tab: Tab,
    },
    /// A popup has a new list, whose icons are to be fetched.
    IconsRequested,
    /// The alarm rang.
    AlarmRang,
    /// What is remembered was changed, by another context or by this one: the browser tells everyone.
    MemoryChanged,
    /// The context that drove the sign-in is done with it, or gone.
    SignInLetGo,
    /// The browser's storage did not take what was written; what is in it holds.
    NotStored,
    /// The browser's storage could not be read, and what happened is lost with it.
    NotRead,

    /// The popup opened.
    PopupOpened {
        /// The tab under it.
        tab: Option<Tab>,
        /// Whether the person came back from another page of ours, and clicked nothing.
        is_back: bool,
    },
    /// The options page opened, or is looked at again.
    OptionsOpened {
        /// The keyboard shortcut that opens the popup, as the browser writes it; empty if there is none.
        shortcut: String,
        /// What the worker wrote down about internal addresses, as [`report`](crate::links::report) does; may be empty.
        links: String,
    },
    /// The page opened that finds out what is wrong.
    DiagnosticsOpened {
        /// What the browser says about itself.
        facts: Facts,
    },
    /// What is at the portal's address answered that page, or did not.
    PortalChecked {
        /// The answer.
        exchange: Exchange,
        /// When, by the portal's own clock, if it tells.
        date: Option<Millis>,
    },
    /// Something was decided on that page.
    Diagnosed(Act),
    /// Whether the portal's cookies and site data were cleared.
    SiteDataCleared(bool),
    /// Something was decided on the options page.
    Chosen(Decision),
    /// The search text changed.
    Typed(String),
    /// Letters were typed into the address bar after our keyword.
    AddressTyped(String),
    /// Enter was pressed there.
    AddressEntered(String, Opening),
    /// The finder answered.
    Found {
        /// Which question it answers.
        number: u32,
        /// What [`Finder::find`](crate::search::Finder::find) says; empty if there is no finder.
        answer: String,
    },
    /// Enter, while no row is selected.
    Entered,
    /// An arrow key.
    Moved(Move),
    /// More of the list is needed.
    ScrolledToEnd,
    /// An app was selected, by its id.
    AppSelected(String, Opening),
    /// An app is to be kept at the top, or no longer.
    FavouriteToggled(String),
    /// A button was pressed.
    Pressed(Button),
    /// The page opened where a form is taught.
    TeachingOpened {
        /// The tab under it.
        tab: Option<Tab>,
    },
    /// Something was decided about a form that is being taught.
    Taught(teach::Decision),
    /// A portal was typed on the options page.
    PortalTyped {
        /// As typed.
        typed: String,
        /// As the browser's parser prints it, if it can.
        canonical: Option<String>,
    },
    /// The application id of our registration was typed on the options page.
    ClientIdTyped(String),

    /// The portal answered, or did not.
    Answered {
        /// What was asked for.
        purpose: Purpose,
        /// When it was asked.
        epoch: u32,
        /// The answer.
        exchange: Exchange,
    },
    /// Randomness.
    ProofDrawn {
        /// When it was asked for.
        epoch: u32,
        /// The random half of the sign-in.
        proof: Proof,
    },
    /// The portal's window closed.
    Authorized {
        /// When it was opened.
        epoch: u32,
        /// The address it ended at.
        redirect: Result<Secret, AuthorizeError>,
    },
    /// The form in a tab.
    Probed {
        /// The tab.
        tab: i32,
        /// Which question it answers.
        number: u32,
        /// What was seen.
        sight: Result<Sight, InjectionError>,
    },
    /// The controls in a tab whose form is being taught.
    Seen {
        /// The tab.
        tab: i32,
        /// What was seen, and the [`Examination`](crate::form::Examination) of it as JSON.
        seen: Result<(Sight, String), InjectionError>,
    },
    /// What became of writing into a page.
    Written {
        /// The tab.
        tab: i32,
        /// Which question it answers.
        number: u32,
        /// The page's word for it.
        result: Result<Report, InjectionError>,
    },
    /// The time of [`Wait`](crate::effect::Effect::Wait) has passed.
    Waited {
        /// The tab.
        tab: i32,
        /// Which of them it was.
        number: u32,
    },
    /// The tab of a launch exists.
    Launched {
        /// The app.
        app: String,
        /// The tab.
        tab: i32,
    },
}

impl Event {
    /// Whether it concerns the screen alone, so that the storage need not be read before it is handled.
    /// **Turn on** and the switch of a site are among them because the browser wants its permission prompt in the same turn as the click.
    pub fn is_of_the_screen(&self) -> bool {
        matches!(
            self,
            Event::NotRead
                | Event::Typed(_)
                | Event::Found { .. }
                | Event::Entered
                | Event::Moved(_)
                | Event::ScrolledToEnd
                | Event::Pressed(Button::TurnOnAutomatic | Button::OpenAddress(_))
                | Event::Chosen(Decision::Site { .. })
                | Event::Diagnosed(Act::ClearSiteData | Act::TurnOn)
        )
    }
}
