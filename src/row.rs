//! An app in a list of the popup, as plain data.

use crate::catalogue::{App, CredentialState, Mode};
use crate::search::{self, Marks};
use crate::text::Text;

/// One app in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The app's id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What of the name was searched for.
    pub marks: Marks,
    /// Its description.
    pub description: String,
    /// A small remark: no password stored yet, or none to be had.
    pub remark: Option<Text>,
    /// Whether it is kept at the top.
    pub is_favourite: bool,
}

impl Row {
    pub(crate) fn of(app: &App) -> Row {
        let remark = match app.credential {
            _ if app.mode != Mode::Password => None,
            CredentialState::Stored => None,
            CredentialState::Missing => Some("rowNoPassword"),
            CredentialState::Elsewhere => Some("rowElsewhere"),
        };
        Row {
            id: app.id.clone(),
            name: app.name.clone(),
            marks: Marks::new(),
            description: app.description.clone(),
            remark: remark.map(Text::plain),
            is_favourite: false,
        }
    }

    /// The letter that stands for the app, whole, which is not a capital yet.
    pub fn initial(&self) -> &str {
        let initial = search::first(self.name.rsplit_once([' ']).map_or(self.name.as_str(), |(_, last)| last));
        if initial.is_empty() { "?" } else { initial }
    }

    /// Which of eight colours is behind it; the same app always has the same one.
    pub fn shade(&self) -> u8 {
        self.name.bytes().fold(0_u8, |sum, byte| sum.wrapping_mul(31).wrapping_add(byte)) % 8
    }

    /// The name in pieces, and whether each is marked.
    pub fn pieces(&self) -> Vec<(&str, bool)> {
        let mut pieces = Vec::new();
        let mut from = 0;
        for &(start, end) in &self.marks {
            pieces.push((self.name.get(from..start).unwrap_or_default(), false));
            pieces.push((self.name.get(start..end).unwrap_or_default(), true));
            from = end;
        }
        pieces.push((self.name.get(from..).unwrap_or_default(), false));
        pieces.retain(|(text, _)| !text.is_empty());
        pieces
    }
}
