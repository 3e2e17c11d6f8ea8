//! The address a request comes from, as far as guesses are counted by it.

use std::{
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
    sync::{Arc, Once},
};

use axum::{
    extract::{ConnectInfo, FromRequestParts},
    http::{HeaderMap, StatusCode, request::Parts},
};

use super::Portal;

/// What stands for the computer, or the household, that asks.
pub(crate) struct ClientAddress(pub(crate) String);

impl FromRequestParts<Arc<Portal>> for ClientAddress {
    type Rejection = StatusCode;

    async fn from_request_parts(parts: &mut Parts, portal: &Arc<Portal>) -> Result<Self, StatusCode> {
        // Only a router served without connection information has none.
        let ConnectInfo(peer) =
            ConnectInfo::<SocketAddr>::from_request_parts(parts, portal).await.map_err(|_| StatusCode::INTERNAL_SERVER_ERROR)?;
        let peer = peer.ip().to_canonical();
        let forwarded = last_forwarded(&parts.headers);
        let address = match forwarded {
            Some(address) if portal.settings.behind_proxy => address,
            None if portal.settings.behind_proxy => {
                warn_of_silent_proxy();
                peer
            }
            _ => {
                if forwarded.is_some() && is_inside(peer) {
                    warn_of_unknown_proxy();
                }
                peer
            }
        };
        Ok(Self(key(address)))
    }
}

fn warn_of_silent_proxy() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        tracing::warn!(
            "--behind-proxy is set, but a request came without an address in X-Forwarded-For: \
             wrong passwords of all people are counted for the proxy's address. Make the proxy write the header"
        );
    });
}

fn warn_of_unknown_proxy() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        tracing::warn!(
            "requests come through a proxy, but --behind-proxy is not set: \
             wrong passwords of all people are counted for the proxy's address"
        );
    });
}

/// Whether a peer is where a proxy would be: this computer, a container's or a company's network, a provider's inside.
/// From anywhere else, the header is something that a caller has made up.
fn is_inside(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => {
            let shared = address.to_bits() & 0xffc0_0000 == Ipv4Addr::new(100, 64, 0, 0).to_bits();
            address.is_loopback() || address.is_private() || address.is_link_local() || shared
        }
        IpAddr::V6(address) => address.is_loopback() || address.is_unique_local() || address.is_unicast_link_local(),
    }
}

/// The address the proxy itself saw. Everything before the last comma came with the request and may be made up.
fn last_forwarded(headers: &HeaderMap) -> Option<IpAddr> {
    let value = headers.get_all("x-forwarded-for").iter().next_back()?;
    let last = value.to_str().ok()?.rsplit(',').next()?.trim();
    // Some proxies add the port (Azure's Application Gateway), and then or always brackets around an IPv6 address.
    let with_port = || last.parse().map(|address: SocketAddr| address.ip());
    let in_brackets = || last.strip_prefix('[')?.strip_suffix(']')?.parse().map(IpAddr::V6).ok();
    last.parse().or_else(|_| with_port()).ok().or_else(in_brackets)
}

/// Whoever has one IPv6 address usually has 2⁶⁴ of them.
fn key(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => {
            let network = Ipv6Addr::from_bits(address.to_bits() & !u128::from(u64::MAX));
            format!("{network}/64")
        }
    }
}
