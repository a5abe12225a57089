use time::{Duration, OffsetDateTime};

/// A refresh token that was traded in before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SpentToken {
    /// When it was traded in.
    pub spent_at: OffsetDateTime,
    /// Whether the token it was traded for is still good. One that has none to name is not.
    pub successor_is_unspent: bool,
}

/// What it means that somebody shows a refresh token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RefreshVerdict {
    /// It is shown for the first time.
    Fresh,
    /// It was traded in a moment ago, and nobody used what it was traded for: the answer was
    /// probably lost on its way.
    ReplyLost,
    /// Two parties have it, and one of them has stolen it.
    Reused,
}

impl RefreshVerdict {
    /// How long a client may take to ask again after an answer was lost.
    pub const GRACE: Duration = Duration::seconds(10);

    /// Judges a token that is shown `now` by what became of it before.
    pub fn of(spent: Option<SpentToken>, now: OffsetDateTime) -> Self {
        match spent {
            None => Self::Fresh,
            Some(spent) if spent.successor_is_unspent && now - spent.spent_at <= Self::GRACE => {
                Self::ReplyLost
            }
            Some(_) => Self::Reused,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SPENT_AT: OffsetDateTime = OffsetDateTime::UNIX_EPOCH;

    fn shown_again(after: Duration, successor_is_unspent: bool) -> RefreshVerdict {
        let spent = SpentToken { spent_at: SPENT_AT, successor_is_unspent };
        RefreshVerdict::of(Some(spent), SPENT_AT + after)
    }

    #[test]
    fn a_token_is_fresh_until_it_is_spent() {
        assert_eq!(RefreshVerdict::of(None, SPENT_AT), RefreshVerdict::Fresh);
    }

    #[test]
    fn a_reply_can_be_lost_for_ten_seconds() {
        for seconds in [0, 1, 10] {
            let verdict = shown_again(Duration::seconds(seconds), true);
            assert_eq!(verdict, RefreshVerdict::ReplyLost, "{seconds} s");
        }
        let later = Duration::seconds(10) + Duration::microseconds(1);
        assert_eq!(shown_again(later, true), RefreshVerdict::Reused);
    }

    #[test]
    fn whoever_comes_after_the_successor_was_used_has_stolen_it() {
        for after in [Duration::ZERO, Duration::seconds(1), Duration::days(30)] {
            assert_eq!(shown_again(after, false), RefreshVerdict::Reused);
        }
    }
}
