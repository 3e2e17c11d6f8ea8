//! The real program: its commands, also on the database of a portal that runs, and a portal that is killed.

use std::{
    fs::File,
    io::{BufRead, BufReader, Write},
    path::Path,
    process::{Child, Command, Output, Stdio},
};

use super::Server;

const PROGRAM: &str = env!("CARGO_BIN_EXE_my-apps-portal");

/// Runs it in a folder.
pub(crate) fn run(folder: &Path, arguments: &[&str], input: &str) -> Output {
    output(folder, Command::new(PROGRAM).args(arguments), input)
}

/// Runs it where no file can become longer than so many blocks of 512 bytes, as on a disk that is nearly full.
pub(crate) fn run_without_room(folder: &Path, blocks: &str, arguments: &[&str]) -> Output {
    let script = "trap '' XFSZ && ulimit -f $0 && exec \"$@\"";
    output(folder, Command::new("/bin/sh").args(["-c", script, blocks, PROGRAM]).args(arguments), "")
}

fn output(folder: &Path, command: &mut Command, input: &str) -> Output {
    command.current_dir(folder).env_clear();
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
    is_refusal(run(folder, arguments, input), expected);
}

/// What ran has refused in one sentence.
#[track_caller]
pub(crate) fn is_refusal(output: Output, expected: &str) {
    let sentence = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{expected}: {sentence}");
    assert!(sentence.contains(expected), "{expected}: {sentence}");
    assert_eq!(sentence.trim_end().lines().count(), 1, "{sentence}");
    assert!(output.stdout.is_empty(), "{expected}");
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

/// The real program, which is killed and never asked to stop.
pub(crate) struct Running {
    child: Child,
    pub(crate) address: String,
}

impl Running {
    pub(crate) fn start(folder: &Path) -> Self {
        let log = File::options().create(true).append(true).open(folder.join("log")).unwrap();
        let mut child = Command::new(PROGRAM)
            .args(["serve", "--listen", "127.0.0.1:0", "--demo-data"])
            .current_dir(folder)
            .env_clear()
            .stdout(Stdio::piped())
            .stderr(log)
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let address = line.trim().strip_prefix("listening on ").unwrap_or_else(|| panic!("it did not start: {line:?}"));
        Self { address: address.to_owned(), child }
    }

    /// SIGKILL: no handler runs, nothing is closed or flushed.
    pub(crate) fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _already_dead = self.child.kill();
        let _already_waited_for = self.child.wait();
    }
}
