use std::hash::{BuildHasher, RandomState};
use std::iter;
use std::net::{Ipv4Addr, TcpListener};
use std::ops::Range;

use super::supervised::Launch;

/// Ports below the range from which the kernel serves outgoing connections (32768 and up on Linux),
/// and above those of well-known servers.
///
/// Binding port 0 would give a port of that very range, and outage tests need better: while their
/// server is down, any outgoing connection on the machine could take its port, and a client that
/// keeps reconnecting would sooner or later connect to itself.
const CANDIDATES: Range<u16> = 15_000..32_000;

/// Ports that were free a moment ago, in random order and without end.
pub(super) fn candidates() -> impl Iterator<Item = u16> {
    iter::repeat_with(random_candidate).filter(|&port| is_free(port))
}

/// The first of the ports on which a server could be launched.
pub(super) fn first_to_launch_on(
    ports: impl IntoIterator<Item = u16>,
    mut launch: impl FnMut(u16) -> Launch,
) -> u16 {
    let first = ports.into_iter().find(|&port| launch(port) == Launch::Ready);
    first.expect("one of the ports offered to the server should be free")
}

fn random_candidate() -> u16 {
    // The standard library's one source of randomness is the seed of its hash maps.
    let random = RandomState::new().hash_one(());
    let offset = random % u64::from(CANDIDATES.end - CANDIDATES.start);
    CANDIDATES.start + u16::try_from(offset).expect("the offset should lie within the range")
}

fn is_free(port: u16) -> bool {
    TcpListener::bind((Ipv4Addr::LOCALHOST, port)).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offers_ports_that_can_be_bound() {
        for port in candidates().take(20) {
            assert!(CANDIDATES.contains(&port));
        }
    }

    #[test]
    fn sees_that_a_port_is_taken() {
        let taken = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port should be free");
        let port = taken.local_addr().expect("a bound socket has an address").port();

        assert!(!is_free(port));
    }
}
