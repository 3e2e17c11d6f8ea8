//! How far a fill has come, and what it looks for.

/// From the first form to the reply.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Course {
    /// The first form; nothing was sent by this fill.
    First,
    /// The form after one that was sent.
    Next,
    /// The reply to the password that was sent, and a described step after it.
    Reply,
    /// The reply to a password that another fill sent; nothing is written.
    Watch,
}

impl Course {
    /// Whether the password is still to be sent.
    pub(super) fn is_due(self) -> bool {
        matches!(self, Course::First | Course::Next)
    }
}
