//! All limits there are. `docs/API.md` lists them for clients.
//!
//! A use case or a handler enforces one with a line such as
//! `throttle.admit(&[policies::MAIL_ADDRESS.of(&email)], &meter).await?`.

use super::Policy;

/// Sign-ins from one network.
pub const LOG_IN_IP: Policy = Policy::shown("login-ip", 5, 60);
/// Sign-ins to one account from one network. The two of them together back off: ten at once, then
/// one each 90 seconds, and after twenty one each three minutes.
pub const LOG_IN_ACCOUNT_IP: Policy = Policy::shown("login-account-ip", 10, 15 * 60);
/// See [`LOG_IN_ACCOUNT_IP`].
pub const LOG_IN_ACCOUNT_IP_LONG: Policy = Policy::shown("login-account-ip-long", 20, 60 * 60);
/// Sign-ins to one account from everywhere. When it is used up [`LOG_IN_SLOW_LANE`] remains.
pub const LOG_IN_ACCOUNT: Policy = Policy::hidden("login-account", 100, 60 * 60);
/// Sign-ins to an account that many try to sign in to, from one network: so rare that guessing is
/// hopeless, and there for everybody, so that nobody can lock anybody else out.
pub const LOG_IN_SLOW_LANE: Policy = Policy::shown("login-slow-lane", 1, 5 * 60);

/// New accounts from one network. Requests that break a rule don't count.
pub const SIGN_UP_IP: Policy = Policy::shown("sign-up-ip", 3, 60 * 60);

/// Codes and tokens from mails, tried from one network.
pub const CODE_IP: Policy = Policy::shown("code-ip", 10, 10 * 60);
/// Mails caused from one network.
pub const MAIL_IP: Policy = Policy::shown("mail-ip", 5, 15 * 60);
/// Mails to one address, whoever causes them.
pub const MAIL_ADDRESS: Policy = Policy::hidden("mail-address", 3, 60 * 60);
/// Sessions renewed or ended from one network.
pub const SESSION_IP: Policy = Policy::shown("session-ip", 120, 60);
/// Password changes of one user, each of which tries the current password.
pub const PASSWORD_CHANGE_USER: Policy = Policy::shown("password-change-user", 5, 15 * 60);

/// Writes by one user: ten a second in the long run.
pub const WRITES_USER: Policy = Policy::shown("writes-user", 300, 30);
/// Writes from one network, which many users may share: forty a second in the long run.
pub const WRITES_IP: Policy = Policy::shown("writes-ip", 1_200, 30);
/// Searches from one network: ten a second in the long run.
pub const SEARCHES_IP: Policy = Policy::shown("searches-ip", 60, 6);

/// Files of ratings handed in by one user.
pub const IMPORTS_USER: Policy = Policy::shown("imports-user", 20, 60 * 60);
/// Batches of ratings by one user: a thousand ratings every six seconds in the long run.
pub const BATCHES_USER: Policy = Policy::shown("batches-user", 20, 2 * 60);

/// All of them, for documents and tests.
pub const ALL: [Policy; 16] = [
    LOG_IN_IP,
    LOG_IN_ACCOUNT_IP,
    LOG_IN_ACCOUNT_IP_LONG,
    LOG_IN_ACCOUNT,
    LOG_IN_SLOW_LANE,
    SIGN_UP_IP,
    CODE_IP,
    MAIL_IP,
    MAIL_ADDRESS,
    SESSION_IP,
    PASSWORD_CHANGE_USER,
    WRITES_USER,
    WRITES_IP,
    SEARCHES_IP,
    IMPORTS_USER,
    BATCHES_USER,
];

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn no_two_policies_share_their_counters() {
        let names: HashSet<&str> = ALL.iter().map(|policy| policy.name).collect();
        assert_eq!(names.len(), ALL.len());
    }

    #[test]
    fn every_name_fits_into_a_header_and_every_window_into_whole_seconds() {
        for policy in ALL {
            let is_plain = policy.name.bytes().all(|b| b.is_ascii_lowercase() || b == b'-');
            assert!(is_plain && !policy.name.is_empty(), "{}", policy.name);
            assert!(policy.burst > 0 && policy.window.as_secs() > 0, "{}", policy.name);
            assert_eq!(policy.window.subsec_nanos(), 0, "{}", policy.name);
        }
    }
}
