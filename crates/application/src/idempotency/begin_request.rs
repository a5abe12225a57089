use std::fmt;
use std::net::IpAddr;

use hmac::{Hmac, KeyInit, Mac};
use reelmark_domain::UserId;
use sha2::{Digest, Sha256};
use time::Duration;

use crate::ports::{BeginKeyed, Begun, Clock, IdempotencyKeys, RepositoryError};

/// How long a request may be under way before a retry is let through in its place: longer than any
/// request takes, for it may have died with its process.
const HOLD: Duration = Duration::seconds(60);

/// How long an answer is kept.
const LIFETIME: Duration = Duration::hours(24);

/// Who may see the stored answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyOwner {
    /// Somebody who is signed in.
    User(UserId),
    /// Whoever calls from this address without being signed in.
    Address(IpAddr),
}

/// A request that carries an idempotency key.
#[derive(Clone, PartialEq, Eq)]
pub struct KeyedRequest {
    pub owner: KeyOwner,
    /// What the client made up.
    pub key: String,
    pub method: String,
    /// Without the query.
    pub path: String,
    pub query: String,
    pub body: Vec<u8>,
}

pub(super) async fn run(
    keys: &dyn IdempotencyKeys,
    clock: &dyn Clock,
    request: KeyedRequest,
) -> Result<Begun, RepositoryError> {
    let user_id = match request.owner {
        KeyOwner::User(id) => Some(id.get()),
        KeyOwner::Address(_) => None,
    };
    let keyed = BeginKeyed {
        scope: format!("{} {} {}", request.owner, request.method, request.path),
        key_hash: hex(&Sha256::digest(&request.key)),
        user_id,
        fingerprint: fingerprint(&request),
        now: clock.now(),
        hold: HOLD,
        lifetime: LIFETIME,
    };
    keys.begin(keyed).await
}

/// A body may hold a password, and a plain hash of it would be quickly guessed by whoever steals
/// the store. So the hash is keyed with the idempotency key, which itself is stored as a hash alone.
fn fingerprint(request: &KeyedRequest) -> String {
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(request.key.as_bytes()) else {
        unreachable!("HMAC takes keys of any length");
    };
    for part in [&request.method, &request.path, &request.query] {
        mac.update(part.as_bytes());
        mac.update(b"\n");
    }
    mac.update(&request.body);
    hex(&mac.finalize().into_bytes())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

impl fmt::Display for KeyOwner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::User(id) => write!(f, "user:{id}"),
            Self::Address(address) => write!(f, "address:{address}"),
        }
    }
}

/// The body may hold a password.
impl fmt::Debug for KeyedRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("KeyedRequest").field("owner", &self.owner).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ports::MockIdempotencyKeys;
    use crate::testing::{NOW, clock};
    use std::sync::{Arc, Mutex};

    fn request() -> KeyedRequest {
        KeyedRequest {
            owner: KeyOwner::User(UserId::parse(7).unwrap()),
            key: "a key".into(),
            method: "POST".into(),
            path: "/movies".into(),
            query: String::new(),
            body: b"{}".to_vec(),
        }
    }

    async fn begun_with(request: KeyedRequest) -> BeginKeyed {
        let asked = Arc::new(Mutex::new(None));
        let heard = asked.clone();
        let mut keys = MockIdempotencyKeys::new();
        keys.expect_begin().once().returning(move |keyed| {
            *heard.lock().unwrap() = Some(keyed.clone());
            Ok(Begun::New(keyed.claim()))
        });
        run(&keys, &clock(), request).await.unwrap();
        asked.lock().unwrap().take().unwrap()
    }

    #[tokio::test]
    async fn keeps_a_key_for_a_day_under_who_asks_for_what() {
        let keyed = begun_with(request()).await;
        assert_eq!(keyed.scope, "user:7 POST /movies");
        assert_eq!((keyed.user_id, keyed.now), (Some(7), NOW));
        assert_eq!((keyed.hold, keyed.lifetime), (Duration::MINUTE, Duration::DAY));
        let address = IpAddr::from([192, 0, 2, 7]);
        let keyed = begun_with(KeyedRequest { owner: KeyOwner::Address(address), ..request() });
        let keyed = keyed.await;
        assert_eq!((keyed.scope.as_str(), keyed.user_id), ("address:192.0.2.7 POST /movies", None));
    }

    #[tokio::test]
    async fn tells_requests_apart_by_all_of_their_parts() {
        let same = begun_with(request()).await.fingerprint;
        assert_eq!(begun_with(request()).await.fingerprint, same);
        let others = [
            KeyedRequest { method: "PUT".into(), ..request() },
            KeyedRequest { path: "/movie".into(), query: "s".into(), ..request() },
            KeyedRequest { query: "x".into(), ..request() },
            KeyedRequest { body: b"{ }".to_vec(), ..request() },
        ];
        for other in others {
            assert_ne!(begun_with(other).await.fingerprint, same);
        }
    }

    #[tokio::test]
    async fn neither_the_key_nor_a_plain_hash_of_the_body_is_stored() {
        let keyed = begun_with(request()).await;
        assert!(!keyed.key_hash.contains("a key"));
        let other = begun_with(KeyedRequest { key: "another".into(), ..request() }).await;
        assert_ne!(other.fingerprint, keyed.fingerprint);
        assert_ne!(other.key_hash, keyed.key_hash);
    }
}
