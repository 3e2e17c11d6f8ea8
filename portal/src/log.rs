//! The log: on the standard error, as `MY_APPS_PORTAL_LOG` says.

use std::{env, io, io::IsTerminal};

use tracing_subscriber::EnvFilter;

const VARIABLE: &str = "MY_APPS_PORTAL_LOG";
const DEFAULT: &str = "warn,my_apps_portal=info";

/// Begins to log. A filter that can't be read is no reason not to start, but one to say so.
pub fn begin() {
    let wanted = env::var_os(VARIABLE).map(|text| text.to_string_lossy().into_owned()).filter(|text| !text.is_empty());
    let filter = wanted.as_ref().map(EnvFilter::try_new);
    let is_wrong = matches!(filter, Some(Err(_)));
    let filter = filter.and_then(Result::ok).unwrap_or_else(|| EnvFilter::new(DEFAULT));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(io::stderr).with_ansi(io::stderr().is_terminal()).init();
    if is_wrong {
        tracing::warn!("{VARIABLE} can't be read and counts for nothing; it is written like {DEFAULT}");
    }
}
