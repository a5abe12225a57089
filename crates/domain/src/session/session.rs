use time::{Duration, OffsetDateTime};

use super::Device;
use crate::SessionId;

/// One sign-in of a user on one device, until it is ended or runs out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// Its id.
    pub id: SessionId,
    /// Where it was begun.
    pub device: Device,
    /// When it was begun.
    pub created_at: OffsetDateTime,
    /// When its tokens were last renewed.
    pub last_used_at: OffsetDateTime,
}

impl Session {
    /// It ends when its tokens were not renewed for so long.
    pub const IDLE_LIMIT: Duration = Duration::days(14);

    /// It ends so long after it was begun, however much it is used.
    pub const MAX_AGE: Duration = Duration::days(90);

    /// A session that was last used at this time or before has run out by `now`.
    pub fn idle_since(now: OffsetDateTime) -> OffsetDateTime {
        now.saturating_sub(Self::IDLE_LIMIT)
    }
}
