//! The program: what it prints when it starts, and how it says why it does not.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

use std::{
    fs,
    io::{BufRead, BufReader, Write},
    os::unix::fs::{MetadataExt, PermissionsExt},
    path::Path,
    process::{Command, Output, Stdio},
};

fn portal(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_my-apps-portal"));
    command.args(arguments).current_dir(folder).env_clear().env("RUST_BACKTRACE", "1");
    command
}

fn serve<'a>(more: &[&'a str]) -> Vec<&'a str> {
    [&["serve", "--listen", "127.0.0.1:0"], more].concat()
}

/// One sentence on stderr, nothing on stdout, exit code 1.
#[track_caller]
fn refused(output: &Output, expected: &str) {
    let sentence = String::from_utf8(output.stderr.clone()).unwrap();
    assert_eq!(output.status.code(), Some(1), "{sentence}");
    assert_eq!(sentence.trim_end().lines().count(), 1, "{sentence}");
    assert!(sentence.contains(expected), "{sentence}");
    for noise in ["panicked", "Err(", "Os {", "backtrace", "Error {", "StartError"] {
        assert!(!sentence.contains(noise), "{sentence}");
    }
    assert!(output.stdout.is_empty());
}

#[test]
fn start_up_errors_are_one_sentence() {
    let folder = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str]| portal(folder.path(), &serve(arguments)).output().unwrap();
    refused(&run(&["--public-url", "http://apps.contoso.example"]), "must begin with https://");
    refused(&run(&["--public-url", "nonsense"]), "is not an absolute web address");
    refused(&run(&["--redirect-uri", "http://evil.example/"]), "The redirect URI http://evil.example/");
    refused(&run(&["--redirect-uri", "https://id.chromiumapp.org"]), "the host in lower case, a slash after it");
    refused(&run(&["--add-app-url", "javascript:alert(1)"]), "The link javascript:alert(1)");
    refused(&run(&["--edge-store-url", "javascript:alert(1)"]), "The link javascript:alert(1)");
    refused(&run(&["--demo-data", "--sample-apps", "http://localhost:1"]), "must contain {name}");
    let none = run(&["--passwords-a-minute", "0"]);
    assert!(!none.status.success() && String::from_utf8_lossy(&none.stderr).contains("0 is not in 1..=6000"));
    let days = run(&["--audit-days", "0"]);
    assert!(!days.status.success() && String::from_utf8_lossy(&days.stderr).contains("0 is not in 1..=36500"));
    refused(&run(&["--database", "missing/portal.db"]), "missing/portal.db can't be opened");
    refused(&run(&["--database", "."]), "can't be opened");
    fs::create_dir(folder.path().join("other.db-lock")).unwrap();
    refused(&run(&["--database", "other.db"]), "The file other.db-lock can't be used");
    fs::write(folder.path().join("text.db"), "this is no database, but a text of some length, longer than a header is").unwrap();
    refused(&run(&["--database", "text.db"]), "can't be used");
    fs::write(folder.path().join("open.key"), "x").unwrap();
    fs::set_permissions(folder.path().join("open.key"), fs::Permissions::from_mode(0o644)).unwrap();
    refused(&run(&["--key-file", "open.key"]), "chmod 600 open.key");
    refused(&run(&["--key-file", "missing/portal.key"]), "missing/portal.key can't be used");
    let output = portal(folder.path(), &serve(&[])).env("MY_APPS_PORTAL_KEY", "secret-but-short").output().unwrap();
    refused(&output, "MY_APPS_PORTAL_KEY must hold 32 bytes");
    assert!(!String::from_utf8_lossy(&output.stderr).contains("secret-but-short"));
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    refused(&portal(folder.path(), &["serve", "--listen", &address]).output().unwrap(), "the port is taken by another program");
}

#[test]
fn a_started_portal_says_where_and_stops_at_a_signal() {
    let folder = tempfile::tempdir().unwrap();
    let mut child = portal(folder.path(), &serve(&["--demo-data"])).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let line = lines.next().unwrap().unwrap();
    let port: u16 = line.strip_prefix("listening on http://127.0.0.1:").unwrap().parse().unwrap();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let text = runtime.block_on(async {
        let discovery = reqwest::get(format!("http://127.0.0.1:{port}/.well-known/my-apps")).await.unwrap();
        discovery.text().await.unwrap()
    });
    assert!(text.contains(&format!("\"issuer\":\"http://portal.localhost:{port}\"")) && text.contains("Contoso My Apps"));
    // A connection on which nothing comes must not hold the portal up for long.
    let _idle = std::net::TcpStream::connect(("127.0.0.1", port)).unwrap();
    let stopped = Command::new("kill").arg(child.id().to_string()).status().unwrap();
    assert!(stopped.success());
    assert_eq!(child.wait().unwrap().code(), Some(0));
    assert!(lines.next().is_none(), "one line and no more");
    assert!(folder.path().join("portal.key").exists());
}

/// A command that root has run once must not keep the portal's own user out.
#[test]
fn the_lock_belongs_to_whom_the_database_belongs() {
    let folder = tempfile::tempdir().unwrap();
    assert!(add_user(folder.path(), "kim", "long enough\n").status.success());
    fs::remove_file(folder.path().join("portal.db-lock")).unwrap();
    // Only root can make a file somebody else's, and only root needs to.
    let is_root = std::os::unix::fs::chown(folder.path().join("portal.db"), Some(65534), Some(65534)).is_ok();
    assert!(add_user(folder.path(), "sam", "long enough\n").status.success());
    let lock = fs::metadata(folder.path().join("portal.db-lock")).unwrap();
    assert!(!is_root || (lock.uid(), lock.gid()) == (65534, 65534), "{lock:?}");
}

/// As where a script starts the portal and adds the first people in the same breath, or two portals are updated together.
#[test]
fn several_at_once_make_one_database() {
    for _ in 0..3 {
        let folder = tempfile::tempdir().unwrap();
        let begin = || portal(folder.path(), &["addresses", "import", "map.json"]).stderr(Stdio::piped()).spawn().unwrap();
        fs::write(folder.path().join("map.json"), r#"{"links": []}"#).unwrap();
        let children: Vec<_> = (0..4).map(|_| begin()).collect();
        for child in children {
            let output = child.wait_with_output().unwrap();
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        }
    }
}

/// What a started portal says to an address, and what it wrote into its log.
fn asked(folder: &Path, arguments: &[&str], log: &str, path: &str) -> (String, String) {
    let mut command = portal(folder, &serve(arguments));
    let mut child = command.env("MY_APPS_PORTAL_LOG", log).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let line = BufReader::new(child.stdout.take().unwrap()).lines().next().unwrap().unwrap();
    let address = line.strip_prefix("listening on ").unwrap();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let text = runtime.block_on(async { reqwest::get(format!("{address}{path}")).await.unwrap().text().await.unwrap() });
    assert!(Command::new("kill").arg(child.id().to_string()).status().unwrap().success());
    let output = child.wait_with_output().unwrap();
    (text, String::from_utf8(output.stderr).unwrap())
}

#[test]
fn whoever_names_their_extension_means_no_other() {
    let folder = tempfile::tempdir().unwrap();
    let [development, _] = my_apps_portal::settings::DEFAULT_REDIRECT_URIS;
    let own = "https://abcdefghijklmnopabcdefghijklmnop.chromiumapp.org/";
    let own_only = ["--redirect-uri", own];
    for (arguments, uri, may_sign_in) in [
        (&[][..], development, true),
        (&[], own, false),
        (&own_only, own, true),
        (&own_only, development, false),
        (&["--redirect-uri", own, "--demo-data"], own, true),
        (&["--redirect-uri", own, "--demo-data"], development, true),
    ] {
        let challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
        let path = format!(
            "/oauth/authorize?response_type=code&client_id=my-apps-extension&redirect_uri={uri}&code_challenge={challenge}&code_challenge_method=S256"
        );
        let (page, log) = asked(folder.path(), arguments, "", &path);
        assert_eq!(page.contains("name=\"password\""), may_sign_in, "{arguments:?} {uri}");
        assert_eq!(page.contains(&format!("--redirect-uri {uri}")), !may_sign_in, "{arguments:?} {uri}");
        assert_eq!(log.contains(&format!("no --redirect-uri is {uri}")), !may_sign_in, "{arguments:?} {uri}");
    }
}

/// Compose files write a variable that is not set like this.
#[test]
fn an_empty_variable_is_none() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("portal.key"), "no key").unwrap();
    fs::set_permissions(folder.path().join("portal.key"), fs::Permissions::from_mode(0o600)).unwrap();
    let mut command = portal(folder.path(), &serve(&[]));
    for option in "DATABASE PUBLIC_URL KEY KEY_FILE DEMO_DATA REDIRECT_URI AUDIT_DAYS TOKEN_LIFETIME ADD_APP_URL".split(' ') {
        command.env(format!("MY_APPS_PORTAL_{option}"), "");
    }
    refused(&command.output().unwrap(), "The key file portal.key must hold 32 bytes");
    assert!(portal(folder.path(), &["user", "list"]).env("MY_APPS_PORTAL_DATABASE", "").output().unwrap().status.success());
    refused(&portal(folder.path(), &serve(&["--public-url", ""])).output().unwrap(), "The public URL");
}

#[test]
fn a_filter_of_the_log_that_cannot_be_read_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let told = "MY_APPS_PORTAL_LOG can't be read";
    for (filter, is_wrong, requests) in [("", false, true), ("my_apps_portal=loud", true, true), ("warn", false, false)] {
        let (_, log) = asked(folder.path(), &[], filter, "/health");
        assert_eq!((log.contains(told), log.contains("request")), (is_wrong, requests), "{filter}: {log}");
    }
}

fn add_user(folder: &Path, username: &str, password: &str) -> Output {
    let arguments = ["user", "add", username, "--name", "Kim Akers", "--password-stdin", "--administrator"];
    let mut child = portal(folder, &arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(password.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

fn import(folder: &Path, text: &str) -> Output {
    fs::write(folder.join("apps.json"), text).unwrap();
    portal(folder, &["app", "import", "apps.json"]).output().unwrap()
}

/// At a terminal, as Linux makes one: whether the command did what it says, and what was to be seen.
#[cfg(target_os = "linux")]
fn at_terminal(folder: &Path, command: &str, lines: &[&str]) -> (bool, String) {
    use std::io::Read;
    let program = format!("tty; {} {command}", env!("CARGO_BIN_EXE_my-apps-portal"));
    let mut script = Command::new("script");
    script.args(["-qec", &program, "/dev/null"]).current_dir(folder).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut terminal = script.spawn().unwrap();
    let (mut keys, mut screen, mut shown) = (terminal.stdin.take().unwrap(), terminal.stdout.take().unwrap(), Vec::new());
    let mut read_to = |end: &[u8]| {
        let from = shown.len();
        while !shown[from..].ends_with(end) {
            let mut letter = [0];
            assert_eq!(screen.read(&mut letter).unwrap(), 1, "{}", String::from_utf8_lossy(&shown));
            shown.extend(letter);
        }
        String::from_utf8(shown[from..].to_vec()).unwrap()
    };
    let name = read_to(b"\r\n");
    // The question comes first, and what is typed before the terminal stops showing it, is shown.
    let is_hidden = || {
        let settings = Command::new("stty").args(["-a", "-F", name.trim()]).output().unwrap();
        String::from_utf8_lossy(&settings.stdout).contains(" -echo ")
    };
    for line in lines {
        read_to(b": ");
        while !is_hidden() {}
        keys.write_all(format!("{line}\n").as_bytes()).unwrap();
    }
    screen.read_to_end(&mut shown).unwrap();
    (terminal.wait().unwrap().success(), String::from_utf8(shown).unwrap())
}

#[cfg(target_os = "linux")]
#[test]
fn a_terminal_asks_for_the_password_and_does_not_show_it() {
    let folder = tempfile::tempdir().unwrap();
    let add = "user add kim --name Kim --password-stdin";
    let (_, shown) = at_terminal(folder.path(), add, &["7 signs"]);
    assert!(shown.contains("8 to 1024 characters"), "{shown}");
    let (_, shown) = at_terminal(folder.path(), add, &["long enough", "long enouhg"]);
    assert!(shown.contains("The two passwords are not the same."), "{shown}");
    let (is_added, shown) = at_terminal(folder.path(), add, &["long enough", "long enough"]);
    assert!(is_added && shown.contains("Password for kim: ") && !shown.contains("long"), "{shown}");
    let (is_changed, shown) = at_terminal(folder.path(), "user password kim --password-stdin", &["longer still", "longer still"]);
    assert!(is_changed && !shown.contains("still"), "{shown}");
}

#[test]
fn people_and_apps_are_added() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    refused(&add_user(folder, "kim", "short\n"), "8 to 1024 characters");
    refused(&add_user(folder, "kim", ""), "8 to 1024 characters");
    refused(&add_user(folder, " ", "long enough\n"), "must not be empty");
    refused(&add_user(folder, &"k".repeat(257), "long enough\n"), "must not be longer than 256 bytes");
    refused(&add_user(folder, "kim\nakers", "long enough\n"), "must be one line");
    // As Notepad and PowerShell save a text.
    refused(&add_user(folder, "kim", "\u{feff}7 signs\n"), "8 to 1024 characters");
    assert!(add_user(folder, "Kim@Contoso.example", "long enough\n").status.success());
    refused(&add_user(folder, "kim@contoso.example", "long enough\n"), "already a person with this user name");

    let app = |id: &str, url: &str, person: &str| {
        format!(
            r#"{{"id": "{id}", "name": "CRM", "mode": "password", "launch_url": "{url}", "sign_on_rules": [{{"url": "{url}"}}],
            "assigned_to": ["{person}"]}}"#
        )
    };
    let good = app("crm", "https://crm.example/login", "KIM@contoso.example");
    refused(&import(folder, "{"), "is not an array of apps");
    refused(&import(folder, "{}"), "is not an array of apps");
    refused(&import(folder, &format!("[{good}, {}]", app("a/b", "https://b.example/", "kim@contoso.example"))), "“a/b” was refused");
    refused(&import(folder, &format!("[{}]", app("crm", "http://crm.example/", "kim@contoso.example"))), "needs allow_http");
    refused(&import(folder, &format!("[{}]", app("crm", "https://crm.example/", "nobody"))), "there is no such person");
    refused(&portal(folder, &["app", "import", "missing.json"]).output().unwrap(), "missing.json can't be read");
    let pictured = |icon: &str| good.replacen("{", &format!("{{\"icon\": \"{icon}\","), 1);
    refused(&import(folder, &format!("[{}]", pictured("none.png"))), "none.png can't be read");
    refused(&import(folder, &format!("[{}]", pictured("apps.json"))), "The icon of the app “crm” was refused: it is no PNG");
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let count = || {
        runtime.block_on(async {
            let database = my_apps_portal::database::open(&folder.join("portal.db")).await.unwrap();
            let count: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM assignments WHERE app_id = 'crm' AND account_id = 1")
                .fetch_one(&database)
                .await
                .unwrap();
            count
        })
    };
    assert_eq!(count(), 0, "of a file with a mistake, nothing is imported");
    for mark in ["", "\u{feff}"] {
        assert!(import(folder, &format!("{mark}[{good}]")).status.success());
    }
    assert_eq!(count(), 1);
    fs::write(folder.join("crm.png"), b"\x89PNG\r\n\x1a\n").unwrap();
    let icons = || {
        runtime.block_on(async {
            let database = my_apps_portal::database::open(&folder.join("portal.db")).await.unwrap();
            my_apps_portal::icon::list(&database, 1, 1000).await.unwrap()
        })
    };
    assert!(import(folder, &format!("[{}]", pictured("crm.png"))).status.success());
    assert_eq!(icons(), [("crm".to_owned(), "data:image/png;base64,iVBORw0KGgo=".to_owned())]);
    assert!(import(folder, &format!("[{good}]")).status.success());
    assert_eq!(icons(), [], "an app that is described without an icon has none");
}

#[test]
fn a_map_of_internal_addresses_comes_from_a_file_or_not_at_all() {
    let folder = tempfile::tempdir().unwrap();
    let import = |text: &str| {
        std::fs::write(folder.path().join("map.json"), text).unwrap();
        portal(folder.path(), &["addresses", "import", "map.json"]).output().unwrap()
    };
    let entry = |internal: &str, external: &str| format!(r#"{{"internal": "{internal}", "external": "{external}"}}"#);
    let good = entry("http://intranet/", "https://intranet.contoso.example/");
    let map = |entries: &[&str]| format!(r#"{{"links": [{}]}}"#, entries.join(","));
    refused(&import("{"), "is not a map of internal addresses");
    refused(&import("[]"), "is not a map of internal addresses");
    refused(&import(&map(&[&good, &entry("http://hr/", "http://hr.contoso.example/")])), "Entry 2 was refused");
    refused(&import(&map(&[&good, &good])), "stands in the map already");
    refused(&import(&map(&[&entry("https://a.example/", "https://a.example/")])), "both addresses are the same");
    refused(&import(r#"{"links": [], "probe": "http://inside.contoso.example/"}"#), "The probe was refused");
    let many: Vec<String> = (0..=5000).map(|n| entry(&format!("http://s{n}/"), &format!("https://s{n}.contoso.example/"))).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    refused(&import(&map(&many)), "Entry 5001 was refused: browsers take 5000 entries and no more.");
    refused(&portal(folder.path(), &["addresses", "import", "missing.json"]).output().unwrap(), "missing.json can't be read");
    assert!(import(&map(&[&good])).status.success());
    assert!(import(&format!("\u{feff}{}", map(&[&good]))).status.success());
    assert!(import(&map(&many[..5000])).status.success());
}
