//! The address a request comes from, as far as guesses are counted by it.

use std::{
    net::{IpAddr, Ipv6Addr, SocketAddr},
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
        let forwarded = last_forwarded(&parts.headers);
        if portal.settings.behind_proxy {
            return Ok(Self(key(forwarded.unwrap_or(peer.ip()))));
        }
        if forwarded.is_some() && peer.ip().to_canonical().is_loopback() {
            static ONCE: Once = Once::new();
            ONCE.call_once(|| {
                tracing::warn!(
                    "requests come through a proxy, but --behind-proxy is not set: \
                     wrong passwords of all people are counted for the proxy's address"
                );
            });
        }
        Ok(Self(key(peer.ip())))
    }
}

/// The address the proxy itself saw. Everything before the last comma came with the request and may be made up.
fn last_forwarded(headers: &HeaderMap) -> Option<IpAddr> {
    let value = headers.get_all("x-forwarded-for").iter().next_back()?;
    let last = value.to_str().ok()?.rsplit(',').next()?;
    last.trim().parse().ok()
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
