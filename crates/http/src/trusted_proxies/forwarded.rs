//! Who forwarded a request for whom, as two headers tell it: from the client, on the left, to the
//! proxy before the last one. What can't be read is `None`.

use std::net::{IpAddr, SocketAddr};

use actix_web::http::header::{self, HeaderMap, HeaderName};

type Hop = Option<IpAddr>;

/// What `X-Forwarded-For` tells.
pub(super) fn x_forwarded_for(headers: &HeaderMap) -> Vec<Hop> {
    hops(headers, &header::X_FORWARDED_FOR, |line| line.split(',').map(address).collect())
}

/// What `Forwarded` tells (RFC 7239).
pub(super) fn forwarded(headers: &HeaderMap) -> Vec<Hop> {
    hops(headers, &header::FORWARDED, |line| split(line, ',').map(forwarded_for).collect())
}

/// Several lines are one list (RFC 9110 §5.3).
fn hops(headers: &HeaderMap, name: &HeaderName, parse: impl Fn(&str) -> Vec<Hop>) -> Vec<Hop> {
    let lines = headers.get_all(name).map(|line| line.to_str().map_or_else(|_| vec![None], &parse));
    lines.flatten().collect()
}

fn forwarded_for(element: &str) -> Hop {
    let pairs = split(element, ';').filter_map(|pair| pair.split_once('='));
    let mut named = pairs.filter(|(name, _)| name.trim().eq_ignore_ascii_case("for"));
    let (_, node) = named.next()?;
    address(node.trim().trim_matches('"'))
}

/// An address, perhaps with a port.
fn address(node: &str) -> Hop {
    let node = node.trim();
    let bare = node.strip_prefix('[').and_then(|node| node.strip_suffix(']')).unwrap_or(node);
    let with_port = || node.parse().map(|with_port: SocketAddr| with_port.ip());
    let address: IpAddr = bare.parse().or_else(|_| with_port()).ok()?;
    Some(address.to_canonical())
}

/// Splits at `separator`, but not within double quotes.
fn split(text: &str, separator: char) -> impl Iterator<Item = &str> {
    let mut is_quoted = false;
    text.split(move |c| {
        is_quoted ^= c == '"';
        c == separator && !is_quoted
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::http::header::HeaderValue;

    fn read(name: HeaderName, value: &str) -> Vec<String> {
        let mut headers = HeaderMap::new();
        headers.append(name.clone(), HeaderValue::from_str(value).unwrap());
        let hops =
            if name == header::FORWARDED { forwarded(&headers) } else { x_forwarded_for(&headers) };
        hops.into_iter().map(|hop| hop.map_or("?".to_owned(), |hop| hop.to_string())).collect()
    }

    #[test]
    fn reads_addresses_with_and_without_ports() {
        let value = "192.0.2.1, 192.0.2.2:4711 ,2001:db8::1,[2001:db8::2],[2001:db8::3]:80";
        let expected = ["192.0.2.1", "192.0.2.2", "2001:db8::1", "2001:db8::2", "2001:db8::3"];
        assert_eq!(read(header::X_FORWARDED_FOR, value), expected);
        for value in
            ["", "unknown", "_hidden", "192.0.2", "192.0.2.1 x", "for=192.0.2.1", "a.example"]
        {
            assert_eq!(read(header::X_FORWARDED_FOR, value), ["?"], "{value}");
        }
    }

    #[test]
    fn reads_what_rfc_7239_allows() {
        let value = r#"For="[2001:db8:cafe::17]:4711", for=192.0.2.43;proto=http;by=203.0.113.60,by="a,for=192.0.2.9";for="192.0.2.44:80""#;
        assert_eq!(
            read(header::FORWARDED, value),
            ["2001:db8:cafe::17", "192.0.2.43", "192.0.2.44"]
        );
        for value in ["for=unknown", "for=_gazonk", "proto=http", "192.0.2.1", ""] {
            assert_eq!(read(header::FORWARDED, value), ["?"], "{value}");
        }
    }
}
