//! The command line. Every option of `serve` can also come from the environment; a secret only from there, from a file or the
//! standard input.

mod user;

use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
    process::ExitCode,
};

use clap::{Args, CommandFactory, FromArgMatches, Parser, Subcommand};

use self::user::User;
use crate::{
    act::Act,
    backup, catalogue, database, import, key, key_change, link_map, log,
    serve::{self, StartError},
    settings::{Links, Stores},
};

/// The My Apps portal: people sign in, see their apps, and store passwords that the browser extension fills.
#[derive(Debug, Parser)]
#[command(version, disable_help_subcommand = true)]
struct Line {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Run the portal.
    Serve(Box<Serve>),
    /// Manage people.
    #[command(subcommand)]
    User(User),
    /// Manage apps.
    #[command(subcommand)]
    App(App),
    /// Manage internal addresses.
    #[command(subcommand)]
    Addresses(Addresses),
    /// Manage the key that seals stored passwords.
    #[command(subcommand)]
    Key(KeyCommand),
    /// Copy the database; the portal may run.
    Backup {
        /// The file to write; it must not be there yet.
        #[arg(long)]
        to: PathBuf,
        #[command(flatten)]
        database: DatabaseFile,
    },
    /// Put a backup in the place of the database. The portal must not run.
    Restore {
        /// The backup.
        #[arg(long)]
        from: PathBuf,
        #[command(flatten)]
        database: DatabaseFile,
    },
}

/// How to run the portal.
#[derive(Debug, Clone, Args)]
pub struct Serve {
    /// Address and port to listen on; port 0 takes a free one.
    #[arg(long, env = "MY_APPS_PORTAL_LISTEN", default_value = "127.0.0.1:8080")]
    pub listen: SocketAddr,
    /// Where people and the extension reach the portal [default: http://portal.localhost:<port>]
    #[arg(long, env = "MY_APPS_PORTAL_PUBLIC_URL")]
    pub public_url: Option<String>,
    /// Which database.
    #[command(flatten)]
    pub database: DatabaseFile,
    /// Which key.
    #[command(flatten)]
    pub key: KeyFile,
    /// The name on the pages [default: My Apps]
    #[arg(long, env = "MY_APPS_PORTAL_PRODUCT_NAME")]
    pub product_name: Option<String>,
    /// Fill in the demonstration's people, apps and passwords.
    #[arg(long, env = "MY_APPS_PORTAL_DEMO_DATA", value_parser = clap::builder::BoolishValueParser::new())]
    pub demo_data: bool,
    /// Where the demonstration's sample apps are.
    #[arg(long, env = "MY_APPS_PORTAL_SAMPLE_APPS", default_value = "http://{name}.localhost:8081")]
    pub sample_apps: String,
    /// A redirect URI of the extension, in place of those of the development ids; can be given several times.
    #[arg(long = "redirect-uri", env = "MY_APPS_PORTAL_REDIRECT_URI", value_delimiter = ',')]
    pub redirect_uris: Vec<String>,
    /// The portal is behind one proxy: take people's addresses from what it adds to X-Forwarded-For.
    #[arg(long, env = "MY_APPS_PORTAL_BEHIND_PROXY", value_parser = clap::builder::BoolishValueParser::new())]
    pub behind_proxy: bool,
    /// For how many days the audit trail is kept.
    #[arg(long, env = "MY_APPS_PORTAL_AUDIT_DAYS", default_value_t = 365, value_parser = clap::value_parser!(i64).range(1..=36500))]
    pub audit_days: i64,
    /// How many passwords one browser may fetch within a minute.
    #[arg(long, env = "MY_APPS_PORTAL_PASSWORDS_A_MINUTE", default_value_t = 60, value_parser = clap::value_parser!(u32).range(1..=6000))]
    pub passwords_a_minute: u32,
    /// How long the extension stays signed in without asking again: a number with s, m, h or d.
    #[arg(long, env = "MY_APPS_PORTAL_TOKEN_LIFETIME", default_value = "8h", value_parser = lifetime)]
    pub token_lifetime: i64,
    /// How long a browser stays signed in: a number with s, m, h or d.
    #[arg(long, env = "MY_APPS_PORTAL_SESSION_LIFETIME", default_value = "7d", value_parser = lifetime)]
    pub session_lifetime: i64,
    /// The page where a forgotten portal password is reset.
    #[arg(long, env = "MY_APPS_PORTAL_RESET_PASSWORD_URL")]
    pub reset_password_url: Option<String>,
    /// The page where people register for that.
    #[arg(long, env = "MY_APPS_PORTAL_REGISTER_FOR_RESET_URL")]
    pub register_for_reset_url: Option<String>,
    /// The page where people ask for another app.
    #[arg(long, env = "MY_APPS_PORTAL_ADD_APP_URL")]
    pub add_app_url: Option<String>,
    /// The page where people manage their groups.
    #[arg(long, env = "MY_APPS_PORTAL_GROUPS_URL")]
    pub groups_url: Option<String>,
    /// The extension's page in the Chrome Web Store; where it is given, the home page offers it to Chrome.
    #[arg(long, env = "MY_APPS_PORTAL_CHROME_STORE_URL")]
    pub chrome_store_url: Option<String>,
    /// The extension's page among the Microsoft Edge Add-ons; the same for Edge.
    #[arg(long, env = "MY_APPS_PORTAL_EDGE_STORE_URL")]
    pub edge_store_url: Option<String>,
    /// The extension's page among the Firefox Browser Add-ons; the same for Firefox.
    #[arg(long, env = "MY_APPS_PORTAL_FIREFOX_STORE_URL")]
    pub firefox_store_url: Option<String>,
}

/// Which database.
#[derive(Debug, Clone, Args)]
pub struct DatabaseFile {
    /// The database file; “serve”, “user add” and the imports make it when it is missing.
    #[arg(long = "database", env = "MY_APPS_PORTAL_DATABASE", default_value = "portal.db")]
    pub path: PathBuf,
}

/// Which key.
#[derive(Debug, Clone, Args)]
pub struct KeyFile {
    /// The file with the key that seals stored passwords; made when missing [default: beside the database, .key].
    /// The key can come from MY_APPS_PORTAL_KEY instead.
    #[arg(long, env = "MY_APPS_PORTAL_KEY_FILE")]
    key_file: Option<PathBuf>,
}

impl KeyFile {
    /// The file that was named, or the one beside the database.
    pub fn file(&self, database: &Path) -> PathBuf {
        self.key_file.clone().unwrap_or_else(|| database.with_extension("key"))
    }
}

#[derive(Debug, Subcommand)]
enum KeyCommand {
    /// Seal everything with another key. The portal must not run.
    Change {
        /// The file with the other key; made when missing.
        #[arg(long)]
        new_key_file: PathBuf,
        #[command(flatten)]
        key: KeyFile,
        #[command(flatten)]
        database: DatabaseFile,
    },
}

#[derive(Debug, Subcommand)]
enum Addresses {
    /// Put the map of a JSON file in the place of the one before.
    Import {
        /// A map as the API shows it: "links", each with "internal" and "external", and perhaps a "probe".
        file: PathBuf,
        #[command(flatten)]
        database: DatabaseFile,
    },
}

#[derive(Debug, Subcommand)]
enum App {
    /// Add the apps of a JSON file, or describe them anew; apps that it does not name stay as they are.
    Import {
        /// An array of apps, each with "assigned_to", an array of user names, and perhaps "icon", a picture's file beside it.
        file: PathBuf,
        #[command(flatten)]
        database: DatabaseFile,
    },
    /// Remove an app, with the passwords that people stored for it.
    Remove {
        /// Its id.
        id: String,
        #[command(flatten)]
        database: DatabaseFile,
    },
}

impl Serve {
    /// The links of the organization.
    pub fn links(&self) -> Links {
        Links {
            reset_password: self.reset_password_url.clone(),
            register_for_reset: self.register_for_reset_url.clone(),
            add_app: self.add_app_url.clone(),
            groups: self.groups_url.clone(),
        }
    }

    /// Where the extension is to be had.
    pub fn stores(&self) -> Stores {
        Stores { chrome: self.chrome_store_url.clone(), edge: self.edge_store_url.clone(), firefox: self.firefox_store_url.clone() }
    }
}

/// Reads the command line and does what it says. What goes wrong is told in one sentence.
pub fn run() -> ExitCode {
    let line = read();
    log::begin();
    let done = tokio::runtime::Runtime::new().map_err(StartError::Runtime).and_then(|runtime| runtime.block_on(perform(line)));
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// A mistake in it ends the program here, as clap words it.
fn read() -> Line {
    let mut command = without_empty_variables(Line::command());
    let matches = command.get_matches_mut();
    Line::from_arg_matches(&matches).unwrap_or_else(|error| error.format(&mut command).exit())
}

/// Compose files write `VARIABLE=` for what is not set.
fn without_empty_variables(command: clap::Command) -> clap::Command {
    let without_empty = |option: clap::Arg| {
        let is_empty = option.get_env().and_then(std::env::var_os).is_some_and(|value| value.is_empty());
        if is_empty { option.env(None::<&str>) } else { option }
    };
    command.mut_args(without_empty).mut_subcommands(without_empty_variables)
}

async fn perform(line: Line) -> Result<(), StartError> {
    match line.command {
        Command::Serve(options) => serve::run(*options).await,
        Command::User(command) => command.perform().await,
        Command::App(App::Import { file, database }) => {
            let database = database::open(&database.path).await?;
            import::import(&database, &Act::now(), &file).await?;
            Ok(())
        }
        Command::App(App::Remove { id, database }) => {
            let database = database::open_existing(&database.path).await?;
            if catalogue::remove(&database, &Act::now(), &id).await? { Ok(()) } else { Err(StartError::NoSuchApp(id)) }
        }
        Command::Addresses(Addresses::Import { file, database }) => {
            let database = database::open(&database.path).await?;
            link_map::import(&database, &Act::now(), &file).await?;
            Ok(())
        }
        Command::Key(KeyCommand::Change { new_key_file, key, database }) => {
            key_change::change(&database.path, &Act::now(), &key.file(&database.path), key::variable(), &new_key_file).await
        }
        Command::Backup { to, database } => {
            let database = database::open_existing(&database.path).await?;
            Ok(backup::make(&database, &to).await?)
        }
        Command::Restore { from, database } => Ok(backup::restore(&database.path, &Act::now(), &from).await?),
    }
}

fn lifetime(text: &str) -> Result<i64, &'static str> {
    let wrong = "must be a number with s, m, h or d, such as 8h, from 1 s to 400 d";
    let units = [('s', 1), ('m', 60), ('h', 3600), ('d', 86400)];
    let found = units.iter().find_map(|(letter, seconds)| Some((text.strip_suffix(*letter)?, seconds)));
    let (number, seconds) = found.ok_or(wrong)?;
    let number: i64 = number.parse().map_err(|_| wrong)?;
    number.checked_mul(*seconds).filter(|lifetime| (1..=400 * 86400).contains(lifetime)).ok_or(wrong)
}
