use std::net::IpAddr;

use super::policies::{
    LOG_IN_ACCOUNT, LOG_IN_ACCOUNT_IP, LOG_IN_ACCOUNT_IP_LONG, LOG_IN_IP, LOG_IN_SLOW_LANE,
};
use super::{Limit, Meter, Network, Throttle, Throttled};

/// Counts one attempt to sign in to what `login` names, before anything is looked up.
///
/// It goes by what was typed and not by the account behind it: if the name and the address of an
/// account shared a counter, using up one would tell that the other belongs to it. An account that
/// doesn't exist is counted like any other.
pub(crate) async fn admit_log_in(
    throttle: &Throttle,
    login: &str,
    address: IpAddr,
    meter: &Meter,
) -> Result<(), Throttled> {
    let own = limits_of_client(login, address.into());
    let fast_lane = [&own[..], &[LOG_IN_ACCOUNT.of(login)]].concat();
    let mut refusals = throttle.attempt(&fast_lane, meter).await;
    let all = refusals.len();
    refusals.retain(|(policy, _)| *policy != LOG_IN_ACCOUNT);
    let is_crowded_out = refusals.is_empty() && all > 0;
    if is_crowded_out {
        let slow_lane = LOG_IN_SLOW_LANE.of(pair(login, address.into()));
        return throttle.admit(&[&own[..], &[slow_lane]].concat(), meter).await;
    }
    Throttled::unless_none(&refusals)
}

fn limits_of_client(login: &str, network: Network) -> [Limit; 3] {
    let pair = pair(login, network);
    [LOG_IN_IP.of(network), LOG_IN_ACCOUNT_IP.of(&pair), LOG_IN_ACCOUNT_IP_LONG.of(&pair)]
}

/// No network has a blank in it, so that no two pairs are the same.
fn pair(login: &str, network: Network) -> String {
    format!("{network} {login}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ports::{Allowance, Demand, MockRateLimiter};
    use std::sync::{Arc, Mutex};
    use std::time::Duration;

    const ADDRESS: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(192, 0, 2, 7));

    /// Refuses what the named policies guard, and keeps what it was asked.
    fn refusing(refused: &'static [(&str, u64)]) -> (Throttle, Arc<Mutex<Vec<Vec<String>>>>) {
        let asked = Arc::new(Mutex::new(vec![]));
        let log = asked.clone();
        let mut limiter = MockRateLimiter::new();
        limiter.expect_admit().returning(move |demands| {
            log.lock().unwrap().push(demands.iter().map(|demand| demand.key.clone()).collect());
            let allow = |Demand { key, .. }: &Demand| {
                let wait = refused.iter().find(|(name, _)| key.starts_with(&format!("{name}:")));
                let retry_after = wait.map(|(_, seconds)| Duration::from_secs(*seconds));
                Allowance { remaining: 0, reset: Duration::ZERO, retry_after }
            };
            Ok(demands.iter().map(allow).collect())
        });
        (Throttle::new(Arc::new(limiter)), asked)
    }

    async fn attempt(throttle: &Throttle) -> Result<(), Throttled> {
        admit_log_in(throttle, "name:ada", ADDRESS, &Meter::default()).await
    }

    fn waiting(seconds: u64) -> Result<(), Throttled> {
        Err(Throttled { retry_after: Duration::from_secs(seconds) })
    }

    #[tokio::test]
    async fn counts_against_the_network_the_pair_and_the_account_in_one_step() {
        let (throttle, asked) = refusing(&[]);
        assert_eq!(attempt(&throttle).await, Ok(()));
        let expected = [
            "login-ip:192.0.2.7",
            "login-account-ip:192.0.2.7 name:ada",
            "login-account-ip-long:192.0.2.7 name:ada",
            "login-account:name:ada",
        ];
        assert_eq!(*asked.lock().unwrap(), [expected]);
    }

    #[tokio::test]
    async fn an_account_that_others_have_used_up_is_reached_by_the_slow_lane() {
        let (throttle, asked) = refusing(&[("login-account", 36)]);
        assert_eq!(attempt(&throttle).await, Ok(()));
        let asked = asked.lock().unwrap();
        assert_eq!(asked.len(), 2);
        assert_eq!(asked[1][0], "login-ip:192.0.2.7");
        assert_eq!(asked[1][3], "login-slow-lane:192.0.2.7 name:ada");
        assert!(!asked[1].iter().any(|key| key.starts_with("login-account:")));
    }

    #[tokio::test]
    async fn the_slow_lane_has_a_limit_of_its_own() {
        let (throttle, _) = refusing(&[("login-account", 36), ("login-slow-lane", 299)]);
        assert_eq!(attempt(&throttle).await, waiting(299));
    }

    #[tokio::test]
    async fn the_slow_lane_is_no_way_round_the_other_limits() {
        for policy in ["login-ip", "login-account-ip", "login-account-ip-long"] {
            let refused: &'static [(&str, u64)] = match policy {
                "login-ip" => &[("login-ip", 12), ("login-account", 36)],
                "login-account-ip" => &[("login-account-ip", 12), ("login-account", 36)],
                _ => &[("login-account-ip-long", 12), ("login-account", 36)],
            };
            let (throttle, asked) = refusing(refused);
            assert_eq!(attempt(&throttle).await, waiting(12));
            assert_eq!(asked.lock().unwrap().len(), 1, "{policy}");
        }
    }
}
