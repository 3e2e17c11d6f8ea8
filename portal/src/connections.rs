//! Connections: how long one may be held without asking for anything, and how all of them end.

use std::{net::SocketAddr, pin::pin, time::Duration};

use axum::{Router, extract::ConnectInfo, serve::Listener};
use hyper::{Request, body::Incoming, server::conn::http1, service::Service};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::GracefulShutdown,
    service::TowerToHyperService,
};
use tokio::net::TcpListener;

/// A request's head must be complete after so long, and a connection on which no further one begins is closed: otherwise anybody
/// could hold as many connections as there may be with half a line each. Longer than proxies keep theirs open unused (nginx for
/// 60 seconds, Caddy for 120), so that none sends a request into one that is just being closed.
pub const HEAD_WITHIN: Duration = Duration::from_secs(150);

/// Serves what comes to a listener until it is told to stop, and then until every request that had begun is answered.
pub async fn serve(mut listener: TcpListener, router: Router, head_within: Duration, stop: impl Future<Output = ()>) {
    let mut protocol = http1::Builder::new();
    protocol.timer(TokioTimer::new()).header_read_timeout(head_within);
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
        let connection = open.watch(protocol.serve_connection(TokioIo::new(stream), service));
        tokio::spawn(async move {
            if let Err(error) = connection.await {
                tracing::debug!(%error, "a connection ended early");
            }
        });
    }
    drop(listener);
    open.shutdown().await;
}
