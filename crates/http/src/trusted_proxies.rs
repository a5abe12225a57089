mod forwarded;

use std::net::IpAddr;
use std::sync::Arc;

use actix_web::http::header::HeaderMap;
use ipnet::IpNet;

use self::forwarded::{forwarded, x_forwarded_for};

/// The proxies whose word counts when they say for whom they forward a request. Nobody's does
/// unless they are named here: anybody can send any header.
#[derive(Clone, Debug, Default)]
pub struct TrustedProxies(Arc<[IpNet]>);

impl FromIterator<IpNet> for TrustedProxies {
    fn from_iter<T: IntoIterator<Item = IpNet>>(networks: T) -> Self {
        Self(networks.into_iter().collect())
    }
}

impl TrustedProxies {
    /// The client behind `peer`, which is the other end of the connection.
    ///
    /// A proxy that writes one of the two headers may pass the other on as the client wrote it. So
    /// when both are there and tell of different clients neither is believed.
    pub(crate) fn client_of(&self, peer: IpAddr, headers: &HeaderMap) -> IpAddr {
        let peer = peer.to_canonical();
        if !self.trusts(peer) {
            return peer;
        }
        let told = [x_forwarded_for(headers), forwarded(headers)];
        let mut told = told.into_iter().filter(|hops| !hops.is_empty());
        match (told.next(), told.next()) {
            (None, _) => peer,
            (Some(hops), None) => self.first_stranger(peer, &hops),
            (Some(hops), Some(others)) => {
                let client = self.first_stranger(peer, &hops);
                if client == self.first_stranger(peer, &others) { client } else { peer }
            }
        }
    }

    /// Goes back from hop to hop as long as whoever tells of the one before is trusted, and no
    /// further than what can be read.
    fn first_stranger(&self, peer: IpAddr, hops: &[Option<IpAddr>]) -> IpAddr {
        let mut client = peer;
        for hop in hops.iter().rev() {
            match hop {
                Some(address) if self.trusts(client) => client = *address,
                _ => break,
            }
        }
        client
    }

    fn trusts(&self, address: IpAddr) -> bool {
        self.0.iter().any(|network| network.contains(&address))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::http::header::{HeaderName, HeaderValue};

    const PROXY: &str = "10.0.0.1";

    fn client(peer: &str, headers: &[(&'static str, &str)]) -> String {
        let proxies = ["10.0.0.0/8", "2001:db8:ffff::/48"].map(|network| network.parse().unwrap());
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.append(HeaderName::from_static(name), HeaderValue::from_str(value).unwrap());
        }
        let proxies: TrustedProxies = proxies.into_iter().collect();
        proxies.client_of(peer.parse().unwrap(), &map).to_string()
    }

    fn behind_proxy(x_forwarded_for: &str) -> String {
        client(PROXY, &[("x-forwarded-for", x_forwarded_for)])
    }

    #[test]
    fn nobody_is_believed_who_is_not_trusted() {
        for header in ["x-forwarded-for", "forwarded"] {
            let headers = [(header, "for=192.0.2.1"), (header, "192.0.2.1")];
            assert_eq!(client("198.51.100.7", &headers), "198.51.100.7");
        }
        let nobody = TrustedProxies::default();
        let mut headers = HeaderMap::new();
        let name = HeaderName::from_static("x-forwarded-for");
        headers.append(name, HeaderValue::from_static("192.0.2.1"));
        let peer: IpAddr = PROXY.parse().unwrap();
        assert_eq!(nobody.client_of(peer, &headers), peer);
    }

    #[test]
    fn the_client_is_the_last_one_that_no_trusted_proxy_is() {
        assert_eq!(behind_proxy("192.0.2.1"), "192.0.2.1");
        assert_eq!(behind_proxy("192.0.2.1, 10.9.9.9, 10.0.0.2"), "192.0.2.1");
        assert_eq!(behind_proxy("2001:db8::1, 2001:db8:ffff::7"), "2001:db8::1");
    }

    #[test]
    fn what_a_client_puts_in_front_is_ignored() {
        assert_eq!(behind_proxy("203.0.113.9, 192.0.2.1, 10.0.0.2"), "192.0.2.1");
        assert_eq!(behind_proxy("10.0.0.5, 192.0.2.1"), "192.0.2.1");
        let lines = [("x-forwarded-for", "203.0.113.9"), ("x-forwarded-for", "192.0.2.1")];
        assert_eq!(client(PROXY, &lines), "192.0.2.1");
    }

    #[test]
    fn nothing_is_believed_behind_what_can_not_be_read() {
        assert_eq!(behind_proxy("192.0.2.1, unknown"), PROXY);
        assert_eq!(behind_proxy("192.0.2.1, , 10.0.0.2"), "10.0.0.2");
        assert_eq!(behind_proxy(""), PROXY);
        assert_eq!(client(PROXY, &[("forwarded", "for=192.0.2.1, by=10.0.0.2")]), PROXY);
    }

    #[test]
    fn when_all_are_trusted_the_first_is_the_client() {
        assert_eq!(behind_proxy("10.0.0.3, 10.0.0.2"), "10.0.0.3");
        assert_eq!(client(PROXY, &[]), PROXY);
    }

    #[test]
    fn an_ipv4_address_is_the_same_in_ipv6_clothes() {
        assert_eq!(client("::ffff:10.0.0.1", &[("x-forwarded-for", "192.0.2.1")]), "192.0.2.1");
        assert_eq!(behind_proxy("::ffff:192.0.2.1"), "192.0.2.1");
        assert_eq!(behind_proxy("192.0.2.1, ::ffff:10.0.0.2"), "192.0.2.1");
    }

    #[test]
    fn two_headers_that_differ_are_both_not_believed() {
        let both = |forwarded: &str| {
            client(PROXY, &[("x-forwarded-for", "192.0.2.1"), ("forwarded", forwarded)])
        };
        assert_eq!(both("for=192.0.2.1"), "192.0.2.1");
        assert_eq!(both("for=203.0.113.9"), PROXY);
    }
}
