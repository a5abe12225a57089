use clap::Args;
use reelmark_security::{SigningKey, SigningKeyError, SigningKeys};
use secrecy::{ExposeSecret, SecretString};

use super::value::{choice, given_secret, number, or_default};
use super::{Problem, Problems};

const JWT_ISSUER: &str = "reelmark";
const JWT_AUDIENCE: &str = "reelmark";
const BCRYPT_COST: &str = "12";
const RATE_LIMITS: &str = "on";

/// The name of the only key, when it has none of its own.
pub const ONLY_KEY: &str = "1";

/// How accounts are guarded, as typed.
#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "Security")]
pub struct SecurityArgs {
    /// Secret that access tokens are signed with, at least 32 bytes long [default: made and kept in
    /// the data folder, as long as neither PostgreSQL nor Redis is used]
    #[arg(long, env, value_name = "SECRET", hide_env_values = true)]
    jwt_secret: Option<SecretString>,

    /// Several such secrets with names: the first signs, all verify, so that they can be changed
    /// without signing anybody out
    #[arg(long, env, value_name = "NAME:SECRET,…", hide_env_values = true)]
    jwt_keys: Option<SecretString>,

    /// Who issues access tokens, as the tokens say
    #[arg(long, env, value_name = "NAME", default_value = JWT_ISSUER)]
    jwt_issuer: String,

    /// Whom access tokens are for, as the tokens say
    #[arg(long, env, value_name = "NAME", default_value = JWT_AUDIENCE)]
    jwt_audience: String,

    /// How slowly passwords are hashed: one more takes twice as long, 12 about 0.3 seconds
    #[arg(long, env, value_name = "10-16", default_value = BCRYPT_COST)]
    bcrypt_cost: String,

    /// Whether those who do something too often are turned away
    #[arg(long, env, value_name = "on|off", default_value = RATE_LIMITS)]
    rate_limits: String,
}

/// How accounts are guarded.
#[derive(Clone, Debug)]
pub struct SecurityConfig {
    pub keys: TokenKeys,
    pub issuer: String,
    pub audience: String,
    pub bcrypt_cost: u32,
    pub has_rate_limits: bool,
}

/// Where the keys of access tokens come from.
#[derive(Clone, Debug)]
pub enum TokenKeys {
    /// From the settings.
    Given(SigningKeys),
    /// From the data folder, where the first start puts one.
    OwnSecret,
}

impl SecurityArgs {
    /// Without a store and a cache that replicas share there is one process, which may make a
    /// secret of its own.
    pub fn check(&self, may_make_secret: bool, problems: &mut Problems) -> Option<SecurityConfig> {
        let keys = problems.keep(self.keys(may_make_secret));
        let issuer = name("JWT_ISSUER", or_default(&self.jwt_issuer, JWT_ISSUER));
        let audience = name("JWT_AUDIENCE", or_default(&self.jwt_audience, JWT_AUDIENCE));
        let (issuer, audience) = (problems.keep(issuer), problems.keep(audience));
        let cost = or_default(&self.bcrypt_cost, BCRYPT_COST);
        let bcrypt_cost = problems.keep(number("BCRYPT_COST", cost, 10..=16));
        let rate_limits = or_default(&self.rate_limits, RATE_LIMITS);
        let rate_limits = choice("RATE_LIMITS", rate_limits, &[("on", true), ("off", false)]);
        let has_rate_limits = problems.keep(rate_limits);
        Some(SecurityConfig {
            keys: keys?,
            issuer: issuer?,
            audience: audience?,
            bcrypt_cost: bcrypt_cost?,
            has_rate_limits: has_rate_limits?,
        })
    }

    fn keys(&self, may_make_secret: bool) -> Result<TokenKeys, Problem> {
        let (secret, keys) = (&self.jwt_secret, &self.jwt_keys);
        match (given_secret(secret), given_secret(keys)) {
            (Some(_), Some(_)) => Err(Problem::of_secret(
                "JWT_SECRET",
                "and JWT_KEYS (--jwt-keys) must not be set both",
            )),
            (Some(secret), None) => only_key(secret).map(TokenKeys::Given),
            (None, Some(keys)) => several_keys(keys).map(TokenKeys::Given),
            (None, None) if may_make_secret => Ok(TokenKeys::OwnSecret),
            (None, None) => Err(Problem::of_secret(
                "JWT_SECRET",
                format_args!(
                    "must be set when PostgreSQL or Redis is used, to a random secret of at least \
                     {} bytes that all replicas share",
                    SigningKey::MIN_SECRET
                ),
            )),
        }
    }
}

fn only_key(secret: &SecretString) -> Result<SigningKeys, Problem> {
    let bytes = secret.expose_secret().as_bytes();
    let key = SigningKey::new(ONLY_KEY, bytes).and_then(|key| SigningKeys::new(key, vec![]));
    key.map_err(|_| {
        let (min, actual) = (SigningKey::MIN_SECRET, bytes.len());
        let complaint = format_args!("must have at least {min} bytes, has {actual}");
        Problem::of_secret("JWT_SECRET", complaint)
    })
}

fn several_keys(keys: &SecretString) -> Result<SigningKeys, Problem> {
    let complain = |error: SigningKeyError| {
        Problem::of_secret("JWT_KEYS", format_args!("can't be used: {error}"))
    };
    let keys: Result<Vec<SigningKey>, Problem> = keys
        .expose_secret()
        .split(',')
        .map(|pair| match pair.trim().split_once(':') {
            Some((id, secret)) => SigningKey::new(id, secret.as_bytes()).map_err(complain),
            None => Err(Problem::of_secret(
                "JWT_KEYS",
                "must be pairs of a name and a secret, such as 2026:SECRET,2025:SECRET",
            )),
        })
        .collect();
    let mut keys = keys?;
    let current = keys.remove(0);
    SigningKeys::new(current, keys).map_err(complain)
}

/// Names go into every token.
fn name(setting: &str, raw: &str) -> Result<String, Problem> {
    match raw.len() {
        1..=200 if !raw.chars().any(char::is_control) => Ok(raw.to_owned()),
        _ => Err(Problem::new(setting, "a name of up to 200 bytes", raw)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = "0123456789abcdef0123456789abcdef";

    fn args(secret: Option<&str>, keys: Option<&str>) -> SecurityArgs {
        SecurityArgs {
            jwt_secret: secret.map(SecretString::from),
            jwt_keys: keys.map(SecretString::from),
            jwt_issuer: JWT_ISSUER.into(),
            jwt_audience: JWT_AUDIENCE.into(),
            bcrypt_cost: BCRYPT_COST.into(),
            rate_limits: RATE_LIMITS.into(),
        }
    }

    fn check(args: &SecurityArgs, may_make_secret: bool) -> Result<SecurityConfig, String> {
        let mut problems = Problems::default();
        let config = args.check(may_make_secret, &mut problems);
        config.ok_or_else(|| problems.to_string())
    }

    #[test]
    fn makes_a_secret_only_where_it_may() {
        let nothing = args(None, None);
        let config = check(&nothing, true).unwrap();
        assert!(matches!(config.keys, TokenKeys::OwnSecret));
        let problem = check(&nothing, false).unwrap_err();
        assert!(problem.starts_with("JWT_SECRET (--jwt-secret) must be set"), "{problem}");
        assert!(check(&args(Some(""), None), false).is_err());
    }

    #[test]
    fn refuses_a_short_secret_without_repeating_it() {
        let problem = check(&args(Some(&GOOD[1..]), None), true).unwrap_err();
        assert_eq!(problem, "JWT_SECRET (--jwt-secret) must have at least 32 bytes, has 31");
        assert!(check(&args(Some(GOOD), None), false).is_ok());
    }

    #[test]
    fn a_secret_is_measured_in_bytes() {
        assert!(check(&args(Some(&"ä".repeat(16)), None), true).is_ok());
    }

    #[test]
    fn takes_several_keys_with_different_names() {
        let keys = |keys: String| check(&args(None, Some(&keys)), true);
        assert!(keys(format!("2026:{GOOD}, 2025:{GOOD}")).is_ok());
        for wrong in [
            format!("a:{GOOD},a:{GOOD}"),
            format!("a:{GOOD},"),
            format!("a b:{GOOD}"),
            format!("a:{}", &GOOD[1..]),
            GOOD.to_owned(),
        ] {
            let problem = keys(wrong.clone()).unwrap_err();
            assert!(problem.starts_with("JWT_KEYS"), "{problem}");
            assert!(!problem.contains(&GOOD[1..]), "{problem}");
        }
    }

    #[test]
    fn takes_a_secret_or_keys_but_not_both() {
        let both = args(Some(GOOD), Some(&format!("a:{GOOD}")));
        assert!(check(&both, true).unwrap_err().contains("both"));
    }

    #[test]
    fn passwords_are_never_hashed_quickly() {
        let with_cost = |cost: &str| SecurityArgs { bcrypt_cost: cost.into(), ..args(None, None) };
        assert_eq!(check(&with_cost("10"), true).unwrap().bcrypt_cost, 10);
        for cost in ["9", "17", "ten"] {
            assert!(check(&with_cost(cost), true).unwrap_err().contains("BCRYPT_COST"));
        }
    }

    #[test]
    fn rate_limits_are_on_unless_they_are_switched_off() {
        let with = |limits: &str| SecurityArgs { rate_limits: limits.into(), ..args(None, None) };
        assert!(check(&with(""), true).unwrap().has_rate_limits);
        assert!(!check(&with("off"), true).unwrap().has_rate_limits);
        assert!(check(&with("no"), true).unwrap_err().contains("RATE_LIMITS"));
    }

    #[test]
    fn never_shows_a_secret() {
        let args = args(Some(GOOD), None);
        let config = check(&args, true).unwrap();
        assert!(!format!("{args:?} {config:?}").contains(GOOD));
    }
}
