//! The portal server's program: the command line, and an exit code.

use std::process::ExitCode;

fn main() -> ExitCode {
    my_apps_portal::cli::run()
}
