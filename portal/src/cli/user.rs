//! People at the command line. All of it works while the portal runs.

use std::io::{BufRead, IsTerminal, Write};

use clap::{Args, Subcommand, ValueEnum};
use zeroize::Zeroizing;

use super::DatabaseFile;
use crate::{
    account::{self, administration, administration::Newcomer, canonical_username},
    act::Act,
    database,
    password::{Hasher, check_length},
    serve::StartError,
    text::without_mark,
};

#[derive(Debug, Subcommand)]
pub(super) enum User {
    /// Add a person.
    Add {
        /// The name they sign in with, often their mail address.
        username: String,
        /// Their name as shown.
        #[arg(long)]
        name: String,
        /// Read the password from the first line of the standard input; at a terminal it is asked for, and not shown.
        #[arg(long, required = true)]
        password_stdin: bool,
        /// Make them an administrator.
        #[arg(long)]
        administrator: bool,
        #[command(flatten)]
        first: FirstSignIn,
        #[command(flatten)]
        database: DatabaseFile,
    },
    /// List everybody: number, user name, name, and who administrates, with tabs between.
    List {
        #[command(flatten)]
        database: DatabaseFile,
    },
    /// Give a person another password, and sign them out everywhere.
    Password {
        /// The name they sign in with.
        username: String,
        /// Read the password from the first line of the standard input; at a terminal it is asked for, and not shown.
        #[arg(long, required = true)]
        password_stdin: bool,
        #[command(flatten)]
        first: FirstSignIn,
        #[command(flatten)]
        database: DatabaseFile,
    },
    /// Make a person an administrator, or one no longer.
    Administrator {
        /// The name they sign in with.
        username: String,
        /// Whether they administrate from now on.
        switch: Switch,
        #[command(flatten)]
        database: DatabaseFile,
    },
    /// Remove a person, with the passwords they stored; they are signed out at once.
    Remove {
        /// The name they sign in with.
        username: String,
        #[command(flatten)]
        database: DatabaseFile,
    },
}

/// What happens when somebody signs in with a password that they were given.
#[derive(Debug, Clone, Copy, Args)]
pub(super) struct FirstSignIn {
    /// Have them choose another password when they sign in with this one.
    #[arg(long)]
    must_change_password: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Switch {
    On,
    Off,
}

impl User {
    pub(super) async fn perform(self) -> Result<(), StartError> {
        match self {
            Self::Add { username, name, password_stdin: _, administrator, first, database } => {
                add(&username, &name, administrator, first, &database).await
            }
            Self::List { database } => {
                let database = database::open_existing(&database.path).await?;
                show(&administration::list(&database).await?);
                Ok(())
            }
            Self::Password { username, password_stdin: _, first, database } => {
                let password = read_password(&username)?;
                let database = database::open_existing(&database.path).await?;
                let hashed = Hasher::new()?.hash(password).await?;
                let username = canonical_username(&username);
                Ok(administration::set_password(&database, &Act::now(), &username, &hashed, first.must_change_password).await?)
            }
            Self::Administrator { username, switch, database } => {
                let database = database::open_existing(&database.path).await?;
                Ok(administration::set_administrator(&database, &Act::now(), &canonical_username(&username), switch == Switch::On).await?)
            }
            Self::Remove { username, database } => {
                let database = database::open_existing(&database.path).await?;
                let id = administration::remove(&database, &Act::now(), &canonical_username(&username)).await?;
                say(&format!("Removed. In the audit trail this is “Person {id} (removed)” from now on."));
                Ok(())
            }
        }
    }
}

async fn add(username: &str, name: &str, administrator: bool, first: FirstSignIn, database: &DatabaseFile) -> Result<(), StartError> {
    let (username, name) = (canonical_username(username), name.trim());
    account::check_names(&username, name)?;
    let password = read_password(&username)?;
    let database = database::open(&database.path).await?;
    let hashed = Hasher::new()?.hash(password).await?;
    let must_change_password = first.must_change_password;
    let newcomer = Newcomer { username: &username, name, password_hash: &hashed, administrator, must_change_password };
    Ok(administration::add(&database, &Act::now(), newcomer).await?)
}

/// From the standard input, or from a person who sits there.
fn read_password(username: &str) -> Result<Zeroizing<String>, StartError> {
    if std::io::stdin().is_terminal() { ask_password(username) } else { read_line() }
}

/// Nobody sees what they type, so it is typed twice.
fn ask_password(username: &str) -> Result<Zeroizing<String>, StartError> {
    let ask = |question: &str| rpassword::prompt_password(question).map(Zeroizing::new).map_err(StartError::NoPassword);
    let password = ask(&format!("Password for {username}: "))?;
    check_length(&password)?;
    let again = ask("The same password again: ")?;
    if password == again { Ok(password) } else { Err(StartError::PasswordsDiffer) }
}

fn read_line() -> Result<Zeroizing<String>, StartError> {
    let mut password = Zeroizing::new(String::new());
    std::io::stdin().lock().read_line(&mut password).map_err(StartError::NoPassword)?;
    let password = Zeroizing::new(without_mark(&password).trim_end_matches(['\r', '\n']).to_owned());
    check_length(&password)?;
    Ok(password)
}

fn show(people: &[administration::Listed]) {
    for administration::Listed { id, username, name, administrator } in people {
        // A person is one line, whatever is in their names.
        let [username, name] = [username, name].map(|text| text.replace(char::is_control, " "));
        say(&format!("{id}\t{username}\t{name}\t{}", if *administrator { "administrator" } else { "" }));
    }
}

/// Nobody may be reading any more, which is no failure.
fn say(line: &str) {
    let _unread = writeln!(std::io::stdout(), "{line}");
}
