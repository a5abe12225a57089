use std::time::Duration;

use actix_web::http::header::{HeaderMap, HeaderName, HeaderValue};
use reelmark_application::throttling::Reading;

/// What is left of each limit (draft-ietf-httpapi-ratelimit-headers).
pub(crate) const RATE_LIMIT: HeaderName = HeaderName::from_static("ratelimit");
/// The limits themselves.
pub(crate) const RATE_LIMIT_POLICY: HeaderName = HeaderName::from_static("ratelimit-policy");

/// Tells what the client has left, when anything was counted.
pub(crate) fn write(readings: &[Reading], headers: &mut HeaderMap) {
    if readings.is_empty() {
        return;
    }
    insert(headers, RATE_LIMIT_POLICY, readings.iter().map(policy));
    insert(headers, RATE_LIMIT, readings.iter().map(left));
}

fn policy(Reading { policy, .. }: &Reading) -> String {
    format!("\"{}\";q={};w={}", policy.name, policy.burst, policy.window.as_secs())
}

fn left(Reading { policy, remaining, reset }: &Reading) -> String {
    format!("\"{}\";r={remaining};t={}", policy.name, whole_seconds(*reset))
}

fn whole_seconds(time: Duration) -> u64 {
    time.as_secs() + u64::from(time.subsec_nanos() > 0)
}

fn insert(headers: &mut HeaderMap, name: HeaderName, items: impl Iterator<Item = String>) {
    let list = items.collect::<Vec<_>>().join(", ");
    if let Ok(value) = HeaderValue::from_str(&list) {
        headers.insert(name, value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use reelmark_application::throttling::policies::{LOG_IN_ACCOUNT_IP, LOG_IN_IP};

    #[test]
    fn tells_all_limits_as_lists_of_structured_fields() {
        let readings = [
            Reading { policy: LOG_IN_IP, remaining: 4, reset: Duration::from_secs(12) },
            Reading {
                policy: LOG_IN_ACCOUNT_IP,
                remaining: 0,
                reset: Duration::from_millis(899_001),
            },
        ];
        let mut headers = HeaderMap::new();
        write(&readings, &mut headers);
        assert_eq!(
            headers.get(RATE_LIMIT_POLICY).unwrap(),
            "\"login-ip\";q=5;w=60, \"login-account-ip\";q=10;w=900"
        );
        assert_eq!(
            headers.get(RATE_LIMIT).unwrap(),
            "\"login-ip\";r=4;t=12, \"login-account-ip\";r=0;t=900"
        );
    }

    #[test]
    fn says_nothing_when_nothing_was_counted() {
        let mut headers = HeaderMap::new();
        write(&[], &mut headers);
        assert!(headers.is_empty());
    }
}
