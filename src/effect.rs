//! What the core wants done. The shell does it and reports back with an [`Event`](crate::event::Event).

use crate::finding::List;
use crate::form::{FillCommand, SubmitCommand};
use crate::opening::Opening;
use crate::outside::Outside;
use crate::portal_url::PortalUrl;
use crate::provider::Request;
use crate::provider::api::Credential;
use crate::provider::oauth::Prompt;
use crate::row::Row;
use crate::text::Text;

/// The page where a form is taught.
pub const TEACHING: &str = "/popup/teaching.html";
/// The page that finds out what is wrong.
pub const DIAGNOSTICS: &str = "/options/diagnostics.html";
/// The popup itself, come back to.
pub const POPUP: &str = "/popup/popup.html?back";

/// What a request to the portal was for; comes back with the answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Purpose {
    /// First step of a sign-in.
    SignInDiscovery,
    /// Is there a portal at the address the person chose?
    ChoosePortal(PortalUrl),
    /// Code into token.
    Token,
    /// Who is signed in.
    Account,
    /// The list of apps.
    Apps,
    /// Their icons.
    Icons,
    /// The credential for the fill in this tab.
    Credential {
        /// The tab.
        tab: i32,
        /// The app it belongs to.
        app: String,
    },
    /// A form that was taught is to be kept.
    SaveForm,
    /// The portal's session is to end.
    EndSession(PortalUrl),
    /// Audit; nothing depends on the answer.
    Report,
}

/// What the worker is asked for, by a popup or by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Job {
    /// Sign in, in the portal's window.
    SignIn,
    /// Close that window: the person gave it up.
    Cancel,
    /// Fetch the list of apps that comes page by page.
    List,
    /// Fetch the icons of a new list.
    Icons,
    /// See to it that the right internal addresses lead to external ones.
    Links,
    /// Have the browser show outside of our pages what belongs to what is remembered now.
    Outside,
}

impl Job {
    /// As our contexts say it to each other.
    pub const fn as_str(self) -> &'static str {
        match self {
            Job::SignIn => "sign-in",
            Job::Cancel => "cancel",
            Job::List => "list",
            Job::Icons => "icons",
            Job::Links => "links",
            Job::Outside => "outside",
        }
    }
}

/// One thing to do.
#[derive(Debug, Clone)]
pub enum Effect {
    /// Send a request → `Answered`.
    Ask {
        /// What for.
        purpose: Purpose,
        /// See [`crate::memory::Memory::epoch`].
        epoch: u32,
        /// The request.
        request: Request,
    },
    /// Draw a verifier and a state → `ProofDrawn`.
    DrawProof {
        /// See [`crate::memory::Memory::epoch`].
        epoch: u32,
    },
    /// Open the portal's sign-in, or ask it silently → `Authorized`.
    Authorize {
        /// See [`crate::memory::Memory::epoch`].
        epoch: u32,
        /// The portal's page.
        url: String,
        /// With or without a window.
        prompt: Prompt,
    },
    /// Close the portal's window, if the worker has opened one.
    CloseSignInWindow,
    /// Ask the worker to do something that the popup may not live to see the end of.
    AskWorker(Job),
    /// Let so many milliseconds pass → `ListRequested`.
    WaitToList(u32),
    /// Look at the form in the tab's top document, or in a frame of this origin → `Probed`.
    Probe {
        /// The tab.
        tab: i32,
        /// Comes back with the answer.
        number: u32,
        /// The origin of the frame; empty for the top document.
        frame: String,
        /// An administrator's locators to resolve in the page.
        locators: Vec<Vec<String>>,
        /// What they belong to, as JSON for the judge; empty if nothing is described.
        description: String,
    },
    /// Look at the same, and at how each control can be found again → `Seen`.
    Look {
        /// The tab.
        tab: i32,
        /// The origin of the frame to look into as well; empty for none.
        frame: String,
        /// The locators that are known.
        locators: Vec<Vec<String>>,
    },
    /// Write the credential into one document → `Written`.
    Write {
        /// The tab.
        tab: i32,
        /// Comes back with the answer.
        number: u32,
        /// The document that was looked at; any other is refused by the browser.
        document: String,
        /// Where what goes, without the values.
        command: FillCommand,
        /// The values.
        credential: Credential,
    },
    /// Press the button of the form that was just filled → `Written`.
    Submit {
        /// The tab.
        tab: i32,
        /// Comes back with the answer.
        number: u32,
        /// The document.
        document: String,
        /// What to press, and which fields must still be filled.
        command: SubmitCommand,
    },
    /// Find what was typed → `Found`.
    Find {
        /// Where. The finder keeps it until it is given another.
        list: List,
        /// What was typed.
        typed: String,
        /// How many apps are shown.
        most: usize,
        /// Comes back with the answer.
        number: u32,
    },
    /// Select an app for the person, by its id → `AppSelected`.
    Select(String, Opening),
    /// Suggest these apps below the address bar; if there are none, nothing of what was suggested before.
    Suggest(Vec<Row>),
    /// Let so many milliseconds pass → `Waited`.
    Wait {
        /// The tab whose fill waits.
        tab: i32,
        /// Comes back when they have.
        number: u32,
        /// How long.
        milliseconds: u32,
    },
    /// Let a success be read for so many milliseconds, then close the popup.
    CloseSoon(u32),
    /// Open an app in a new tab and, before its page is there, promise it a fill → `Launched`.
    Launch {
        /// The app.
        app: String,
        /// Its sign-on page, or whatever begins its sign-in.
        url: String,
        /// Where.
        opening: Opening,
    },
    /// Open an address in a new tab.
    OpenTab {
        /// The address.
        url: String,
    },
    /// Open the options page.
    OpenOptions,
    /// Open another of our pages in a tab of its own, by its path; where it is open, bring it to the front.
    OpenPage(&'static str),
    /// Turn the popup into another of our pages, by its path.
    Show(&'static str),
    /// Open the popup, if the browser lets us.
    OpenPopup,
    /// Ask the browser for access to hosts; needs the person's click.
    RequestHostAccess {
        /// Match patterns.
        patterns: Vec<String>,
    },
    /// Give access to hosts back to the browser.
    GiveUpHostAccess {
        /// Match patterns.
        patterns: Vec<String>,
    },
    /// Open the browser's page where the keyboard shortcut of the popup is changed.
    OpenShortcuts,
    /// Ask whether there is a portal, and what time it is there → `PortalChecked`.
    AskWhetherPortal {
        /// The request for its description.
        request: Request,
    },
    /// Clear the cookies and the site data of one origin; the permission for it is asked for and given back → `SiteDataCleared`.
    ClearSiteData {
        /// The origin.
        origin: String,
    },
    /// Empty the storage that survives the browser, the appearance of our pages included.
    ClearStorage,
    /// Have the browser show this outside of our pages, and nothing else → `OutsideShown`.
    ShowOutside {
        /// Comes back when it does.
        number: u32,
        /// What.
        outside: Box<Outside>,
    },
    /// Show, or stop showing, on one tab's icon that a password is available.
    ShowAvailable {
        /// The tab.
        tab: i32,
        /// The icon's title; none puts the icon back.
        title: Option<Text>,
    },
    /// Fetch the map of internal addresses if it is time, find out where the person is, and tell the browser what leads where.
    KeepLinks {
        /// Whose map it is; empty if nobody is signed in.
        account: String,
        /// The question for the portal's map, if there is anybody to ask.
        request: Option<Request>,
        /// Whether the browser has come into another network.
        is_network_new: bool,
    },
}
