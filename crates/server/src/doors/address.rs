//! Where a request comes from: the connection's other end, or whom a known proxy names. Nobody else is believed.

use std::net::{IpAddr, SocketAddr};

use axum::extract::{ConnectInfo, Request, State as Held};
use axum::http::HeaderMap;
use axum::middleware::Next;
use axum::response::Response;

use super::enter::State;

/// Puts the caller's own address where handlers look for it.
pub async fn find(Held(hosting): Held<State>, mut request: Request, next: Next) -> Response {
    let proxies = &hosting.config.proxies;
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|info| info.0);
    if let Some(peer) = peer
        && let Some(named) = named(peer.ip(), request.headers(), proxies)
    {
        let address = SocketAddr::new(named, peer.port());
        request.extensions_mut().insert(ConnectInfo(address));
    }
    next.run(request).await
}

/// Whom the nearest proxy that is not known names; none when the connection itself comes from such a one.
fn named(peer: IpAddr, headers: &HeaderMap, proxies: &[IpAddr]) -> Option<IpAddr> {
    if !proxies.contains(&peer) {
        return None;
    }
    let values = headers.get_all("x-forwarded-for").into_iter();
    let all: Vec<IpAddr> = values
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .map_while(|one| one.trim().parse().ok())
        .collect();
    all.into_iter().rev().find(|address| !proxies.contains(address))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(peer: &str, forwarded: &str, expected: Option<&str>) {
        let proxies = ["10.0.0.1".parse().unwrap(), "10.0.0.2".parse().unwrap()];
        let mut headers = HeaderMap::new();
        headers.insert("x-forwarded-for", forwarded.parse().unwrap());
        let expected = expected.map(|address| address.parse().unwrap());
        assert_eq!(named(peer.parse().unwrap(), &headers, &proxies), expected, "{forwarded}");
    }

    #[test]
    fn only_a_known_proxy_is_believed() {
        check("203.0.113.9", "198.51.100.7", None);
        check("10.0.0.1", "198.51.100.7", Some("198.51.100.7"));
        check("10.0.0.1", "192.0.2.1, 198.51.100.7, 10.0.0.2", Some("198.51.100.7"));
        check("10.0.0.1", "nonsense", None);
    }
}
