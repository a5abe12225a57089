use std::time::Duration;

use reelmark_application::ports::TokenError;
use reelmark_domain::UserId;
use serde::{Deserialize, Serialize};

/// How long an access token is good for.
pub const ACCESS_TOKEN_LIFETIME: Duration = Duration::from_secs(10 * 60);
const LIFETIME: i64 = ACCESS_TOKEN_LIFETIME.as_secs().cast_signed();
/// How many seconds the clocks of two replicas may be apart.
const LEEWAY: i64 = 30;

/// What a token states. All of it is required; what else a token may state is ignored.
/// Times are seconds since 1970.
#[derive(Deserialize, Serialize)]
pub(super) struct Claims {
    iss: String,
    aud: String,
    sub: String,
    exp: i64,
    iat: i64,
    nbf: i64,
    jti: String,
}

/// Who issues tokens, and for whom.
#[derive(Clone, Debug)]
pub(super) struct Parties {
    pub issuer: String,
    pub audience: String,
}

impl Claims {
    /// The claims of a token that is issued `now`.
    pub fn new(parties: &Parties, subject: UserId, id: String, now: i64) -> Self {
        Self {
            iss: parties.issuer.clone(),
            aud: parties.audience.clone(),
            sub: subject.to_string(),
            exp: now + LIFETIME,
            iat: now,
            nbf: now,
            jti: id,
        }
    }

    /// Whom the token names, if it says what it must.
    pub fn check(&self, parties: &Parties, now: i64) -> Result<UserId, TokenError> {
        let is_from_here = self.iss == parties.issuer && self.aud == parties.audience;
        if !is_from_here || self.jti.is_empty() {
            return Err(TokenError::Invalid);
        }
        let subject = self.subject().ok_or(TokenError::Invalid)?;
        self.check_times(now)?;
        Ok(subject)
    }

    /// An id has one spelling: "7" is one, "+7" and "07" are not.
    fn subject(&self) -> Option<UserId> {
        let subject = UserId::parse(self.sub.parse().ok()?).ok()?;
        (subject.to_string() == self.sub).then_some(subject)
    }

    fn check_times(&self, now: i64) -> Result<(), TokenError> {
        // Nothing issued here lives longer, so that a token that claims to was not.
        let lifetime = self.exp.checked_sub(self.iat);
        if !lifetime.is_some_and(|seconds| (1..=LIFETIME).contains(&seconds)) {
            return Err(TokenError::Invalid);
        }
        if self.nbf.max(self.iat) > now + LEEWAY {
            return Err(TokenError::Invalid);
        }
        if self.exp <= now - LEEWAY {
            return Err(TokenError::Expired);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: i64 = 1_772_366_400;

    fn check_at(now: i64) -> Result<UserId, TokenError> {
        let parties = Parties { issuer: "reelmark".into(), audience: "everybody".into() };
        let claims = Claims::new(&parties, UserId::parse(7).unwrap(), "id".into(), NOW);
        claims.check(&parties, now)
    }

    #[test]
    fn a_token_is_good_for_ten_minutes_and_the_leeway_on_both_sides() {
        let seven = UserId::parse(7).unwrap();
        assert_eq!(check_at(NOW - 31), Err(TokenError::Invalid));
        assert_eq!(check_at(NOW - 30), Ok(seven));
        assert_eq!(check_at(NOW + 629), Ok(seven));
        assert_eq!(check_at(NOW + 630), Err(TokenError::Expired));
    }
}
