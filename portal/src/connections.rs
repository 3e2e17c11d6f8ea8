//! Connections: how long one may be held without asking for anything or taking the answer, and how all of them end.

mod taken;

use std::{net::SocketAddr, pin::pin, time::Duration};

use axum::{Router, extract::ConnectInfo, serve::Listener};
use hyper::{Request, body::Incoming, server::conn::http1, service::Service};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::GracefulShutdown,
    service::TowerToHyperService,
};
use tokio::net::TcpListener;

use self::taken::Taken;

/// How long the portal waits for the other side of a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Patience {
    /// A request's head must be complete after so long, and a connection on which no further one begins is closed: otherwise
    /// anybody could hold as many connections as there may be with half a line each.
    pub head: Duration,
    /// Something of an answer must be taken after so long.
    pub answer: Duration,
}

impl Patience {
    /// For heads, longer than proxies keep their connections open unused (nginx for 60 seconds, Caddy for 120), so that none sends
    /// a request into one that is just being closed. For answers, as long as nginx waits for a browser.
    pub const USUAL: Self = Self { head: Duration::from_secs(150), answer: Duration::from_secs(60) };
}

/// Serves what comes to a listener until it is told to stop, and then until every request that had begun is answered.
pub async fn serve(mut listener: TcpListener, router: Router, patience: Patience, stop: impl Future<Output = ()>) {
    let mut protocol = http1::Builder::new();
    protocol.timer(TokioTimer::new()).header_read_timeout(patience.head);
    let open = GracefulShutdown::new();
    let mut stop = pin!(stop);
    loop {
        let (stream, peer) = tokio::select! {
            accepted = Listener::accept(&mut listener) => accepted,
            () = &mut stop => break,
        };
        let service = TowerToHyperService::new(router.clone());
        let service = hyper::service::service_fn(move |mut request: Request<Incoming>| {
            request.extensions_mut().insert::<ConnectInfo<SocketAddr>>(ConnectInfo(peer));
            service.call(request)
        });
        let connection = open.watch(protocol.serve_connection(TokioIo::new(Taken::new(stream, patience.answer)), service));
        tokio::spawn(async move {
            if let Err(error) = connection.await {
                tracing::debug!(%error, "a connection ended early");
            }
        });
    }
    drop(listener);
    open.shutdown().await;
}
