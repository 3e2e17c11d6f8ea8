//! The real program on the database of a portal that runs.

use std::{
    io::Write,
    path::Path,
    process::{Command, Output, Stdio},
};

use super::Server;

/// Runs it in a folder.
pub(crate) fn run(folder: &Path, arguments: &[&str], input: &str) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_my-apps-portal"));
    command.args(arguments).current_dir(folder).env_clear();
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    // It may have refused before it has read anything.
    let _unread = child.stdin.take().unwrap().write_all(input.as_bytes());
    child.wait_with_output().unwrap()
}

/// What it prints when it does as it is told.
#[track_caller]
pub(crate) fn done(folder: &Path, arguments: &[&str], input: &str) -> String {
    let output = run(folder, arguments, input);
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// It refuses in one sentence.
#[track_caller]
pub(crate) fn refuses(folder: &Path, arguments: &[&str], input: &str, expected: &str) {
    let output = run(folder, arguments, input);
    let sentence = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{arguments:?}: {sentence}");
    assert!(sentence.contains(expected), "{arguments:?}: {sentence}");
    assert_eq!(sentence.trim_end().lines().count(), 1, "{sentence}");
    assert!(output.stdout.is_empty(), "{arguments:?}");
}

impl Server {
    #[track_caller]
    pub(crate) fn done(&self, arguments: &[&str], input: &str) -> String {
        done(self.folder.path(), arguments, input)
    }

    #[track_caller]
    pub(crate) fn refuses(&self, arguments: &[&str], input: &str, expected: &str) {
        refuses(self.folder.path(), arguments, input, expected);
    }
}
