//! Starting and stopping the server, and every reason why it does not start.

use std::{
    io::{self, Write},
    net::SocketAddr,
    path::Path,
    sync::Arc,
    time::Duration,
};

use tokio::net::TcpListener;

use crate::{
    account::{NameError, administration::AdministrationError},
    address::{AddressError, PublicUrl, check_launch_url},
    backup::BackupError,
    cli::Serve,
    clock::now,
    connections::{self, Patience},
    database::{self, Database, OpenError, StoreError},
    demo,
    http::{Portal, router},
    import::ImportError,
    key::{self, Key, KeyError},
    key_change::KeyChangeError,
    link_map, outcome,
    pace::Paces,
    password::{HashError, Hasher, LengthError},
    settings::Settings,
    vault::{self, Vault},
};

/// After a signal, open connections get this long to finish: a browser may hold one open without ever using it.
const FAREWELL: Duration = Duration::from_secs(5);
const SWEEP_EVERY: Duration = Duration::from_secs(3600);

/// Why a command could not be done, in one sentence.
#[derive(Debug, thiserror::Error)]
#[allow(missing_docs, reason = "the sentences say it")]
pub enum StartError {
    #[error("The server's threads can't be started: {0}.")]
    Runtime(io::Error),
    #[error("Can't listen on {0}: {1}.")]
    Listen(SocketAddr, io::Error),
    #[error("Can't listen on {0}: the port is taken by another program.")]
    PortTaken(SocketAddr),
    #[error("The server stopped: {0}.")]
    Stopped(io::Error),
    #[error("The public URL {0} {1}.")]
    PublicUrl(String, AddressError),
    #[error("The redirect URI {0} {1}.")]
    RedirectUri(String, AddressError),
    #[error("The link {0} {1}.")]
    Link(String, AddressError),
    #[error("The sample apps' address must contain {{name}}, such as http://{{name}}.localhost:8081")]
    SampleApps,
    #[error(transparent)]
    Database(#[from] OpenError),
    #[error("The database can't be used: {0}.")]
    Store(#[from] StoreError),
    #[error(transparent)]
    Key(#[from] KeyError),
    #[error("A password could not be hashed; is there enough memory?")]
    Hash(#[from] HashError),
    #[error(transparent)]
    Import(#[from] ImportError),
    #[error(transparent)]
    Administration(#[from] AdministrationError),
    #[error(transparent)]
    Backup(#[from] BackupError),
    #[error(transparent)]
    KeyChange(#[from] KeyChangeError),
    #[error("There is no app with the id {0}.")]
    NoSuchApp(String),
    /// The map of internal addresses was refused.
    #[error(transparent)]
    LinkMap(#[from] link_map::ImportError),
    #[error("The password can't be read from the standard input: {0}.")]
    NoPassword(io::Error),
    #[error("The two passwords are not the same. Nothing was changed: start again.")]
    PasswordsDiffer,
    #[error("The password {0}.")]
    PasswordLength(#[from] LengthError),
    #[error(transparent)]
    Names(#[from] NameError),
}

/// Runs the portal until a signal stops it.
pub async fn run(options: Serve) -> Result<(), StartError> {
    // First the address: a second portal started by mistake then stops before it has touched any file.
    let listener = listen(options.listen).await?;
    let address = listener.local_addr().map_err(StartError::Stopped)?;
    let settings = settings(&options, address)?;
    let database = database::open(&options.database.path).await?;
    let vault = open_vault(&database, &options.key.file(&options.database.path), key::variable()).await?;
    let hasher = Hasher::new()?;
    if options.demo_data {
        demo::fill(&database, &vault, &hasher, &options.sample_apps).await?;
    }
    let portal = Arc::new(Portal { settings, database, vault, hasher, paces: Paces::new(options.passwords_a_minute) });
    announce(&portal, address);
    serve(listener, portal).await;
    Ok(())
}

/// The vault with the key from the environment, else from the file; a key that is not the database's is refused.
pub async fn open_vault(database: &Database, key_file: &Path, variable: Option<String>) -> Result<Vault, StartError> {
    let key = match variable.filter(|text| !text.is_empty()) {
        Some(text) => Key::from_variable(&zeroize::Zeroizing::new(text))?,
        None => Key::from_file(key_file, vault::has_key(database).await?)?,
    };
    let vault = Vault::new(&key);
    vault::check_key(database, &vault).await??;
    Ok(vault)
}

/// Serves on a listener until a signal comes.
async fn serve(listener: TcpListener, portal: Arc<Portal>) {
    let sweeper = tokio::spawn(sweep(portal.clone()));
    let (stopping, mut stopped) = tokio::sync::watch::channel(());
    let server = connections::serve(listener, router(portal.clone()), Patience::USUAL, async move {
        stop_signal().await;
        tracing::info!("stopping");
        drop(stopping);
    });
    let late = async {
        // The channel closes when the signal has come.
        let _closed = stopped.changed().await;
        tokio::time::sleep(FAREWELL).await;
    };
    tokio::select! {
        () = server => {}
        () = late => {}
    }
    sweeper.abort();
    portal.database.close().await;
}

async fn listen(address: SocketAddr) -> Result<TcpListener, StartError> {
    TcpListener::bind(address).await.map_err(|error| match error.kind() {
        io::ErrorKind::AddrInUse => StartError::PortTaken(address),
        _ => StartError::Listen(address, error),
    })
}

fn settings(options: &Serve, address: SocketAddr) -> Result<Settings, StartError> {
    let public_url = match &options.public_url {
        Some(text) => PublicUrl::parse(text).map_err(|error| StartError::PublicUrl(text.clone(), error))?,
        None => {
            let text = format!("http://portal.localhost:{}", address.port());
            PublicUrl::parse(&text).map_err(|error| StartError::PublicUrl(text, error))?
        }
    };
    if options.demo_data && !options.sample_apps.contains("{name}") {
        return Err(StartError::SampleApps);
    }
    let mut settings = Settings::new(public_url);
    let default_name = if options.demo_data { "Contoso My Apps" } else { "My Apps" };
    settings.product_name = options.product_name.clone().unwrap_or_else(|| default_name.to_owned());
    settings.token_lifetime = options.token_lifetime;
    settings.session_lifetime = options.session_lifetime;
    settings.behind_proxy = options.behind_proxy;
    settings.audit_lifetime = options.audit_days * 86400;
    // Whoever names their own extension means no other: the development ids are anybody's. The demonstration is theirs.
    if !options.redirect_uris.is_empty() && !options.demo_data {
        settings.redirect_uris.clear();
    }
    for uri in &options.redirect_uris {
        settings.add_redirect_uri(uri).map_err(|error| StartError::RedirectUri(uri.clone(), error))?;
    }
    settings.links = options.links();
    settings.stores = options.stores();
    let (links, stores) = (&settings.links, &settings.stores);
    for link in
        [&links.reset_password, &links.register_for_reset, &links.add_app, &links.groups, &stores.chrome, &stores.edge, &stores.firefox]
            .into_iter()
            .flatten()
    {
        check_launch_url(link).map_err(|error| StartError::Link(link.clone(), error))?;
    }
    Ok(settings)
}

/// One line for programs that wait for the server; people find the same and more in the log.
fn announce(portal: &Portal, address: SocketAddr) {
    let mut out = io::stdout().lock();
    // Nobody may be reading; that is no reason not to serve.
    let _unread = writeln!(out, "listening on http://{address}").and_then(|()| out.flush());
    tracing::info!("open {}/", portal.settings.public_url.as_str());
}

async fn sweep(portal: Arc<Portal>) {
    let mut hourly = tokio::time::interval(SWEEP_EVERY);
    loop {
        hourly.tick().await;
        let expired = database::sweep(&portal.database, now()).await;
        let old = outcome::sweep(&portal.database, now() - portal.settings.audit_lifetime).await;
        if let Err(error) = expired.and(old) {
            tracing::warn!(%error, "expired rows could not be removed");
        }
    }
}

async fn stop_signal() {
    let interrupt = async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    let terminate = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    };
    #[cfg(not(unix))]
    let terminate = std::future::pending::<()>();
    tokio::select! {
        () = interrupt => {}
        () = terminate => {}
    }
}
