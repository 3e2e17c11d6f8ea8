//! The sample applications' program: one listener for all of them.

use std::{io::Write, net::SocketAddr, process::ExitCode};

use clap::Parser;

/// Sample applications with real sign-in pages, each at http://NAME.localhost:PORT.
#[derive(Parser)]
#[command(version)]
struct Line {
    /// Address and port to listen on; port 0 takes a free one.
    #[arg(long, env = "SAMPLE_APPS_LISTEN", default_value = "127.0.0.1:8081")]
    listen: SocketAddr,
}

#[tokio::main]
async fn main() -> ExitCode {
    let line = Line::parse();
    let served = async {
        let listener = tokio::net::TcpListener::bind(line.listen).await?;
        let mut out = std::io::stdout();
        // Nobody may be reading; that is no reason not to serve.
        let _unread = writeln!(out, "listening on http://{}", listener.local_addr()?).and_then(|()| out.flush());
        tokio::select! {
            ended = axum::serve(listener, my_apps_samples::router()).into_future() => ended,
            () = stop_signal() => Ok(()),
        }
    };
    match served.await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("The sample apps can't listen on {}: {error}.", line.listen);
            ExitCode::FAILURE
        }
    }
}

/// Open connections need no farewell here: nothing is kept.
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
