use reelmark_application::throttling::Policy;
use reelmark_application::throttling::policies::{
    BATCHES_USER, CODE_IP, IMPORTS_USER, MAIL_IP, PASSWORD_CHANGE_USER, SEARCHES_IP, SESSION_IP,
    WRITES_IP, WRITES_USER,
};

/// The limits that an operation has for being what it is. Signing in and signing up are not here:
/// they are counted where it is known what for, and requests that break a rule don't count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Limits {
    /// For each client network, before the handler.
    pub(crate) network: &'static [Policy],
    /// For each user, once it is known who calls.
    pub(crate) user: &'static [Policy],
    /// For each client network, in the same step as for the user.
    pub(crate) network_of_user: &'static [Policy],
}

impl Limits {
    const NONE: Self = Self { network: &[], user: &[], network_of_user: &[] };
    const WRITES: Self = Self { user: &[WRITES_USER], network_of_user: &[WRITES_IP], ..Self::NONE };

    /// The limits of a method of a path, written as in the routes.
    pub(crate) fn of(method: &str, path: &str) -> Self {
        let path = path.strip_prefix("/api/v1").unwrap_or(path);
        match (method, path) {
            ("GET", "/movies") => Self::of_network(&[SEARCHES_IP]),
            ("GET" | "HEAD" | "OPTIONS", _) | ("POST", "/auth/login") => Self::NONE,
            // Well-formed ones are counted more strictly by the handler.
            ("POST", "/users") => Self::of_network(&[WRITES_IP]),
            ("POST", "/auth/refresh" | "/auth/logout") => Self::of_network(&[SESSION_IP]),
            ("POST", "/auth/password/forgot" | "/auth/activation/resend") => {
                Self::of_network(&[MAIL_IP])
            }
            // Both try a password.
            ("POST", "/auth/password/change") | ("DELETE", "/users/me") => {
                Self { user: &[PASSWORD_CHANGE_USER], ..Self::NONE }
            }
            ("POST", "/users/me/imports") => Self { user: &[IMPORTS_USER], ..Self::WRITES },
            ("POST", "/ratings/batch") => Self { user: &[BATCHES_USER], ..Self::WRITES },
            ("POST", path) if path.starts_with("/auth/") => Self::of_network(&[CODE_IP]),
            _ => Self::WRITES,
        }
    }

    /// The same for one request: reading the catalogue is free, searching it is not.
    pub(crate) fn of_request(method: &str, path: &str, query: &str) -> Self {
        let is_search = query.split('&').any(|pair| pair.starts_with("query="));
        if method == "GET" && !is_search { Self::NONE } else { Self::of(method, path) }
    }

    pub(crate) fn is_none(self) -> bool {
        self == Self::NONE
    }

    const fn of_network(network: &'static [Policy]) -> Self {
        Self { network, ..Self::NONE }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn searches_are_limited_and_other_reads_are_not() {
        let search = |query| Limits::of_request("GET", "/api/v1/movies", query);
        assert_eq!(search("limit=3&query=up").network, [SEARCHES_IP]);
        assert!(search("limit=3").is_none() && search("sort=query").is_none());
        assert!(Limits::of("GET", "/api/v1/movies/{id}").is_none());
        assert!(Limits::of("GET", "/api/v1/users/{username}").is_none());
    }

    #[test]
    fn writes_are_limited_for_the_user_and_the_network() {
        for (method, path) in [
            ("POST", "/api/v1/movies"),
            ("PUT", "/api/v1/movies/{id}/rating"),
            ("PATCH", "/api/v1/users/me"),
            ("DELETE", "/api/v1/movies/{id}"),
        ] {
            assert_eq!(Limits::of(method, path), Limits::WRITES, "{method} {path}");
        }
    }

    #[test]
    fn what_writes_much_is_limited_more() {
        let of = |path| Limits::of("POST", path);
        assert_eq!(of("/api/v1/users/me/imports").user, [IMPORTS_USER]);
        assert_eq!(of("/api/v1/ratings/batch").user, [BATCHES_USER]);
        assert_eq!(of("/api/v1/ratings/batch").network_of_user, [WRITES_IP]);
    }

    #[test]
    fn whatever_takes_codes_or_sends_mail_is_limited() {
        for path in ["activate", "activation/resend", "password/forgot", "password/reset", "new"] {
            let limits = Limits::of("POST", &format!("/api/v1/auth/{path}"));
            assert_eq!(limits.network.len(), 1, "{path}");
        }
        let change = Limits::of("POST", "/api/v1/auth/password/change");
        assert_eq!(change.user, [PASSWORD_CHANGE_USER]);
        assert_eq!(Limits::of("DELETE", "/api/v1/users/me"), change);
    }
}
