//! What a text can be about, and the reading of `extension/words.txt`, which says in many languages with which words.
//!
//! The words are a file beside the module, because they are 34 KB that only a page with a form needs, and because a
//! translator can change them without a compiler. It is the shell's business to fetch them before a form is judged.

/// A meaning that a text can carry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Concept {
    /// The name of an account.
    User,
    /// An e-mail address.
    Email,
    /// A telephone number.
    Phone,
    /// A password.
    Password,
    /// New, as in new password.
    New,
    /// Once more, as in repeat the password.
    Again,
    /// Current or old, as in current password.
    Current,
    /// To sign in.
    SignIn,
    /// To open an account.
    SignUp,
    /// A forgotten password or user name.
    Forgot,
    /// To reset or change a password.
    Reset,
    /// To stay signed in.
    Remember,
    /// A code that works once.
    Code,
    /// A code of any kind; where nothing else is asked for, one that works once.
    AnyCode,
    /// A proof of being a person.
    Captcha,
    /// To search or filter.
    Search,
    /// Company, domain, tenant.
    Tenant,
    /// To go on to the next step.
    Next,
    /// To send, without saying what.
    Send,
    /// A newsletter.
    Newsletter,
    /// A person's name, birthday, address.
    Person,
    /// Terms, privacy, consent.
    Terms,
    /// Another service to sign in with.
    Social,
    /// To cancel, go back or close.
    Cancel,
    /// To show or hide a password.
    Show,
    /// To sign out.
    SignOut,
    /// The reader has an account already, so this is for those who have none.
    HasAccount,
    /// The reader has no account yet, so this is for those who have one.
    NoAccount,
    /// Rules for a new password.
    Rules,
    /// Payment, delivery, basket.
    Payment,
    /// A comment, message or review.
    Message,
    /// A question that only the owner can answer, or a hint for it.
    Secret,
    /// To choose one of several accounts.
    Choose,
}

impl Concept {
    /// Every concept, in the order of the file's sections.
    pub const ALL: [Concept; 33] = [
        Concept::User,
        Concept::Email,
        Concept::Phone,
        Concept::Password,
        Concept::New,
        Concept::Again,
        Concept::Current,
        Concept::SignIn,
        Concept::SignUp,
        Concept::Forgot,
        Concept::Reset,
        Concept::Remember,
        Concept::Code,
        Concept::AnyCode,
        Concept::Captcha,
        Concept::Search,
        Concept::Tenant,
        Concept::Next,
        Concept::Send,
        Concept::Newsletter,
        Concept::Person,
        Concept::Terms,
        Concept::Social,
        Concept::Cancel,
        Concept::Show,
        Concept::SignOut,
        Concept::HasAccount,
        Concept::NoAccount,
        Concept::Rules,
        Concept::Payment,
        Concept::Message,
        Concept::Secret,
        Concept::Choose,
    ];
}

/// Where in a word an entry of the vocabulary may begin and end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fit {
    Anywhere,
    Start,
    Whole,
}

/// One word with what it means.
pub(crate) type Entry = (&'static str, Fit, Concept);

/// The entries of a words file: `[Concept]`, then words; lines that begin with `#` are for people. The sections stand in the
/// order of [`Concept::ALL`]: their names are for people too, and left out of the module.
pub(crate) fn entries(file: &'static str) -> Vec<Entry> {
    let mut entries = Vec::new();
    let mut concepts = Concept::ALL.into_iter();
    let mut concept = None;
    for line in file.split(['\n']).filter(|line| !line.starts_with('#')) {
        if line.starts_with('[') {
            concept = concepts.next();
            continue;
        }
        let Some(concept) = concept else { continue };
        for word in line.split([',']) {
            let (word, fit) = match (word.strip_prefix('='), word.strip_prefix('^')) {
                (Some(word), _) => (word, Fit::Whole),
                (None, Some(word)) => (word, Fit::Start),
                (None, None) => (word, Fit::Anywhere),
            };
            if !word.is_empty() {
                entries.push((word, fit, concept));
            }
        }
    }
    entries
}
