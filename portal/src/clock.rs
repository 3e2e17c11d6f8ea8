//! The time, read at the edge and handed inwards as a number.

use std::time::{SystemTime, UNIX_EPOCH};

/// Seconds since 1970; zero on a computer whose clock stands before that.
pub fn now() -> i64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .ok()
        .and_then(|elapsed| i64::try_from(elapsed.as_secs()).ok())
        .unwrap_or(0)
}
