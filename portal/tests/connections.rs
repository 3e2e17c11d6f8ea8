//! Connections: none is held by half a request, and a stop answers what had begun.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod common;

use std::{net::SocketAddr, time::Duration};

use common::Server;
use my_apps_portal::{
    connections::{Patience, serve},
    http::router,
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::oneshot::{Sender, channel},
    task::JoinHandle,
};

/// No test waits for so long, unless what it waits for does not come.
const LONG: Duration = Duration::from_secs(60);
const SHORT: Duration = Duration::from_millis(300);

struct Served {
    address: SocketAddr,
    stop: Sender<()>,
    ended: JoinHandle<()>,
}

impl Served {
    async fn start(server: &Server, patience: Patience) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (stop, stopped) = channel();
        let stopped = async { stopped.await.unwrap() };
        Self { address, stop, ended: tokio::spawn(serve(listener, router(server.portal.clone()), patience, stopped)) }
    }

    async fn connect(&self) -> TcpStream {
        TcpStream::connect(self.address).await.unwrap()
    }
}

/// What else comes until the other side closes the connection.
async fn rest(stream: &mut TcpStream) -> String {
    let mut text = String::new();
    tokio::time::timeout(LONG, stream.read_to_string(&mut text)).await.unwrap().unwrap();
    text
}

async fn answer(stream: &mut TcpStream) -> String {
    let mut bytes = vec![0; 4096];
    let length = tokio::time::timeout(LONG, stream.read(&mut bytes)).await.unwrap().unwrap();
    String::from_utf8(bytes.into_iter().take(length).collect()).unwrap()
}

const HEALTH: &[u8] = b"GET /health HTTP/1.1\r\nHost: portal.localhost\r\n\r\n";

#[tokio::test]
async fn half_a_request_does_not_hold_a_connection() {
    let server = Server::start().await;
    let served = Served::start(&server, Patience { head: SHORT, answer: LONG }).await;
    for begun in ["", "GET /health HT", "GET /health HTTP/1.1\r\nHost: portal.localhost\r\nX-More: "] {
        let mut stream = served.connect().await;
        stream.write_all(begun.as_bytes()).await.unwrap();
        assert_eq!(rest(&mut stream).await, "", "{begun:?}");
    }
    // Nor does one that has been used.
    let mut stream = served.connect().await;
    stream.write_all(HEALTH).await.unwrap();
    assert!(answer(&mut stream).await.starts_with("HTTP/1.1 200 OK"));
    stream.write_all(b"GET /hea").await.unwrap();
    assert_eq!(rest(&mut stream).await, "");
}

/// What somebody asks for and does not read is kept in memory, and would be for as long as they like.
#[tokio::test]
async fn an_answer_that_is_not_taken_does_not_hold_a_connection() {
    let server = Server::start().await;
    for (answer, is_given_up) in [(SHORT, true), (LONG, false)] {
        let served = Served::start(&server, Patience { head: LONG, answer }).await;
        let mut stream = served.connect().await;
        // The page repeats it, with five letters for each.
        let body = format!("typed=/addresses/entry?{}", "%26".repeat(1_000_000));
        let head = format!(
            "POST /sign-in HTTP/1.1\r\nHost: portal.localhost\r\nSec-Fetch-Site: same-origin\r\nConnection: close\r\n\
             Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n",
            body.len()
        );
        stream.write_all(head.as_bytes()).await.unwrap();
        stream.write_all(body.as_bytes()).await.unwrap();
        stream.readable().await.unwrap();
        tokio::time::sleep(SHORT * 6).await;
        let mut bytes = Vec::new();
        let ended = tokio::time::timeout(LONG, stream.read_to_end(&mut bytes)).await.unwrap();
        let is_whole = ended.is_ok() && bytes.len() > 5_000_000;
        assert!(bytes.starts_with(b"HTTP/1.1 200 OK"));
        assert_eq!(is_whole, !is_given_up, "{} bytes: {ended:?}", bytes.len());
    }
}

#[tokio::test]
async fn a_connection_takes_one_request_after_another() {
    let server = Server::start().await;
    let served = Served::start(&server, Patience { head: LONG, answer: LONG }).await;
    let mut stream = served.connect().await;
    for _ in 0..3 {
        let (first, second) = HEALTH.split_at(20);
        stream.write_all(first).await.unwrap();
        stream.write_all(second).await.unwrap();
        assert!(answer(&mut stream).await.starts_with("HTTP/1.1 200 OK"));
    }
}

#[tokio::test]
async fn what_had_begun_is_answered_before_the_end() {
    let server = Server::start().await;
    let served = Served::start(&server, Patience { head: LONG, answer: LONG }).await;
    let mut unused = served.connect().await;
    unused.write_all(HEALTH).await.unwrap();
    answer(&mut unused).await;
    let mut begun = served.connect().await;
    let body = "token=unknown&client_id=my-apps-extension";
    let head = format!(
        "POST /oauth/revoke HTTP/1.1\r\nHost: portal.localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n\
         Content-Length: {}\r\nExpect: 100-continue\r\n\r\n",
        body.len()
    );
    begun.write_all(head.as_bytes()).await.unwrap();
    // Said when the body is waited for: now it has begun.
    assert!(answer(&mut begun).await.starts_with("HTTP/1.1 100 Continue"));
    served.stop.send(()).unwrap();
    assert_eq!(rest(&mut unused).await, "", "what is not used is closed at once");
    assert!(TcpStream::connect(served.address).await.is_err(), "nobody new is let in");
    assert!(!served.ended.is_finished());
    begun.write_all(body.as_bytes()).await.unwrap();
    assert!(rest(&mut begun).await.starts_with("HTTP/1.1 200 OK"));
    tokio::time::timeout(LONG, served.ended).await.unwrap().unwrap();
}
