use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use time::{Duration, OffsetDateTime};

use super::flight::Flight;
use crate::ports::{RepositoryError, UserRecord};

/// How long a bearer is believed after the look-up began. With the time of a call on top, what
/// another replica ends or takes away acts within a second.
pub const LIFETIME: Duration = Duration::milliseconds(500);

/// How many users one shard remembers.
const SHARD_CAPACITY: usize = 1024;
const SHARDS: usize = 16;
/// How many sessions of one user are remembered.
const SESSIONS: usize = 16;

/// The bearers of the last half second.
///
/// Ended sessions, unknown ones and failed look-ups are never kept, so that without the store
/// nobody is believed longer than [`LIFETIME`].
pub struct BearerCache {
    shards: [Mutex<Shard>; SHARDS],
}

/// Sessions by user, so that all of a user's are forgotten together.
struct Shard {
    users: HashMap<i64, Vec<(i64, Entry)>>,
    swept_at: OffsetDateTime,
}

enum Entry {
    Known { user: UserRecord, since: OffsetDateTime },
    Asked(Arc<Flight>, OffsetDateTime),
}

enum Found {
    User(UserRecord),
    Flight(Arc<Flight>),
    /// There is no room to remember anything.
    NoRoom,
}

/// Forgets a user's bearers when it is dropped: also when the caller who changed something goes
/// away, and whether or not the change is known to have succeeded.
pub(super) struct Forgetting<'a> {
    cache: &'a BearerCache,
    user_id: i64,
}

impl BearerCache {
    #[must_use]
    pub fn new() -> Self {
        Self { shards: std::array::from_fn(|_| Mutex::new(Shard::new())) }
    }

    /// The account of a session, looked up unless that was done within the [`LIFETIME`] before
    /// `now`.
    pub(super) async fn find(
        &self,
        (user_id, session_id): (i64, i64),
        now: OffsetDateTime,
        look: impl Future<Output = Result<Option<UserRecord>, RepositoryError>>,
    ) -> Result<Option<UserRecord>, RepositoryError> {
        let found = self.shard(user_id).find(user_id, session_id, now);
        let flight = match found {
            Found::User(user) => return Ok(Some(user)),
            Found::NoRoom => return look.await,
            Found::Flight(flight) => flight,
        };
        let landed = flight.board(look).await;
        match landed {
            Ok(landed) if landed.has_led => {
                self.shard(user_id).land(session_id, &flight, landed.found.as_ref(), user_id, now);
                Ok(landed.found)
            }
            Ok(landed) => Ok(landed.found),
            Err(error) => {
                self.shard(user_id).land(session_id, &flight, None, user_id, now);
                Err(error)
            }
        }
    }

    pub(super) fn forgetting(&self, user_id: i64) -> Forgetting<'_> {
        Forgetting { cache: self, user_id }
    }

    pub(super) fn forget(&self, user_id: i64) {
        self.shard(user_id).users.remove(&user_id);
    }

    pub(super) fn forget_all(&self) {
        for shard in &self.shards {
            lock(shard).users.clear();
        }
    }

    fn shard(&self, user_id: i64) -> MutexGuard<'_, Shard> {
        lock(&self.shards[user_id.unsigned_abs() as usize % SHARDS])
    }
}

impl Default for BearerCache {
    fn default() -> Self {
        Self::new()
    }
}

impl Drop for Forgetting<'_> {
    fn drop(&mut self) {
        self.cache.forget(self.user_id);
    }
}

impl Shard {
    fn new() -> Self {
        Self { users: HashMap::new(), swept_at: OffsetDateTime::UNIX_EPOCH }
    }

    fn find(&mut self, user_id: i64, session_id: i64, now: OffsetDateTime) -> Found {
        let sessions = self.users.get(&user_id);
        let entry = sessions.and_then(|sessions| sessions.iter().find(|(id, _)| *id == session_id));
        match entry {
            Some((_, Entry::Known { user, since })) if is_fresh(*since, now) => {
                return Found::User(user.clone());
            }
            Some((_, Entry::Asked(flight, since))) if is_fresh(*since, now) => {
                return Found::Flight(flight.clone());
            }
            _ => {}
        }
        self.ask(user_id, session_id, now)
    }

    fn ask(&mut self, user_id: i64, session_id: i64, now: OffsetDateTime) -> Found {
        if !is_fresh(self.swept_at, now) {
            self.sweep(now);
        }
        if self.users.len() >= SHARD_CAPACITY && !self.users.contains_key(&user_id) {
            return Found::NoRoom;
        }
        let sessions = self.users.entry(user_id).or_default();
        sessions.retain(|(id, _)| *id != session_id);
        if sessions.len() >= SESSIONS {
            return Found::NoRoom;
        }
        let flight = Arc::new(Flight::new());
        sessions.push((session_id, Entry::Asked(flight.clone(), now)));
        Found::Flight(flight)
    }

    /// Keeps what a flight brought, unless it was forgotten meanwhile: it may be out of date.
    fn land(
        &mut self,
        session_id: i64,
        flight: &Arc<Flight>,
        found: Option<&UserRecord>,
        user_id: i64,
        asked_at: OffsetDateTime,
    ) {
        let Some(sessions) = self.users.get_mut(&user_id) else { return };
        let is_it = |(id, entry): &(i64, Entry)| {
            *id == session_id
                && matches!(entry, Entry::Asked(other, _) if Arc::ptr_eq(other, flight))
        };
        let Some(place) = sessions.iter().position(is_it) else { return };
        match found {
            Some(user) => {
                sessions[place].1 = Entry::Known { user: user.clone(), since: asked_at };
            }
            None => {
                sessions.swap_remove(place);
            }
        }
    }

    fn sweep(&mut self, now: OffsetDateTime) {
        self.swept_at = now;
        self.users.retain(|_, sessions| {
            sessions.retain(|(_, entry)| match entry {
                Entry::Known { since, .. } | Entry::Asked(_, since) => is_fresh(*since, now),
            });
            !sessions.is_empty()
        });
    }
}

/// A clock that was set back makes nothing last longer.
fn is_fresh(since: OffsetDateTime, now: OffsetDateTime) -> bool {
    (Duration::ZERO..LIFETIME).contains(&(now - since))
}

fn lock(shard: &Mutex<Shard>) -> MutexGuard<'_, Shard> {
    shard.lock().unwrap_or_else(PoisonError::into_inner)
}
