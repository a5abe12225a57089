use std::num::NonZeroUsize;
use std::ops::Range;
use std::thread::available_parallelism;

use async_trait::async_trait;
use bcrypt::HashParts;
use reelmark_application::ports::{Cause, PasswordHasher, PasswordHasherError};
use reelmark_domain::PlainPassword;
use thiserror::Error;

use super::BcryptCost;
use super::hashing_queue::HashingQueue;
use crate::generate_secret;

/// How slowly passwords are hashed, and how many at a time.
#[derive(Clone, Copy, Debug)]
pub struct BcryptPasswordHasherConfig {
    /// The cost of new hashes; hashes of any cost are verified.
    pub cost: BcryptCost,
    /// How many passwords are hashed at once.
    pub permits: NonZeroUsize,
    /// How many more may wait before callers are told that the hasher is busy.
    pub waiting: usize,
}

impl BcryptPasswordHasherConfig {
    /// Leaves one core to everybody else, and lets four wait per core that hashes.
    #[must_use]
    pub fn with_cost(cost: BcryptCost) -> Self {
        let cores = available_parallelism().map_or(1, NonZeroUsize::get);
        let permits = NonZeroUsize::new(cores - 1).unwrap_or(NonZeroUsize::MIN);
        Self { cost, permits, waiting: permits.get().saturating_mul(4) }
    }
}

/// What bcrypt would mishandle. The domain lets no such password exist.
#[derive(Debug, Error)]
#[error("the password has a NUL or more than {} bytes", PlainPassword::MAX_BYTES)]
struct UnhashablePassword;

/// Hashes passwords with bcrypt, on the blocking pool, a few at a time.
#[derive(Clone, Debug)]
pub struct BcryptPasswordHasher {
    cost: BcryptCost,
    queue: HashingQueue,
    dummy_hash: String,
}

impl BcryptPasswordHasher {
    /// A hasher whose queue is empty.
    ///
    /// # Errors
    /// [`PasswordHasherError::Failed`] when the operating system has no randomness for salts.
    pub fn new(config: BcryptPasswordHasherConfig) -> Result<Self, PasswordHasherError> {
        Ok(Self {
            cost: config.cost,
            queue: HashingQueue::new(config.permits, config.waiting),
            dummy_hash: unmatched_hash(config.cost).map_err(PasswordHasherError::Failed)?,
        })
    }
}

#[async_trait]
impl PasswordHasher for BcryptPasswordHasher {
    async fn hash(&self, password: PlainPassword) -> Result<String, PasswordHasherError> {
        let cost = self.cost;
        self.queue
            .run(move || hash(password.expose(), cost))
            .await?
            .map_err(PasswordHasherError::Failed)
    }

    fn is_outdated(&self, hash: &str) -> bool {
        hash.parse::<HashParts>().is_ok_and(|parts| parts.get_cost() < self.cost.get())
    }

    async fn verify(
        &self,
        password: PlainPassword,
        hash: Option<String>,
    ) -> Result<bool, PasswordHasherError> {
        let is_known = hash.is_some();
        let hash = hash.unwrap_or_else(|| self.dummy_hash.clone());
        let cost = self.cost;
        let matches = self
            .queue
            .run(move || verify_in_time(password.expose(), &hash, cost))
            .await?
            .map_err(PasswordHasherError::Failed)?;
        Ok(matches && is_known)
    }
}

fn hash(password: &str, cost: BcryptCost) -> Result<String, Cause> {
    check_hashable(password)?;
    Ok(bcrypt::non_truncating_hash(password, cost.get())?)
}

/// What to compare with when there is no account: as much work as a hash of `cost`, and of no
/// password at all. A cheap hash with another cost written over its own is just that, and doesn't
/// hold up the start as computing a dear one would.
fn unmatched_hash(cost: BcryptCost) -> Result<String, Cause> {
    let cheap = hash(&generate_secret(), BcryptCost::MIN)?;
    let of_cost = |cost: BcryptCost| format!("$2b${:02}$", cost.get());
    Ok(cheap.replacen(&of_cost(BcryptCost::MIN), &of_cost(cost), 1))
}

fn verify(password: &str, hash: &str) -> Result<bool, Cause> {
    check_hashable(password)?;
    Ok(bcrypt::non_truncating_verify(password, hash)?)
}

/// Takes as long as a hash of `cost` does, also when the account has an older and cheaper one.
/// Otherwise, once the cost is raised, time would tell such accounts from names that nobody has.
fn verify_in_time(password: &str, hash: &str, cost: BcryptCost) -> Result<bool, Cause> {
    let matches = verify(password, hash)?;
    for missing in missing_costs(hash, cost) {
        bcrypt::non_truncating_hash(password, missing)?;
    }
    Ok(matches)
}

/// Each cost is twice the work of the one before, so the work of a cost is that of a lower one and
/// of all from there on.
fn missing_costs(hash: &str, cost: BcryptCost) -> Range<u32> {
    let actual = hash.parse::<HashParts>().map_or(cost.get(), |parts| parts.get_cost());
    actual..cost.get()
}

/// bcrypt repeats a password up to 72 bytes with a NUL in between, so that "ab" and "ab\0ab" have
/// the same hash, and ignores what comes after those bytes.
fn check_hashable(password: &str) -> Result<(), UnhashablePassword> {
    if password.contains('\0') || password.len() > PlainPassword::MAX_BYTES {
        return Err(UnhashablePassword);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refuses_what_bcrypt_would_take_for_another_password() {
        let good = hash("ab", BcryptCost::MIN).unwrap();

        for bad in ["ab\0ab", &"a".repeat(72)] {
            let refused = hash(bad, BcryptCost::MIN).unwrap_err();
            assert!(refused.is::<UnhashablePassword>());
            assert!(verify(bad, &good).unwrap_err().is::<UnhashablePassword>());
        }
        let longest = "a".repeat(71);
        assert!(verify(&longest, &hash(&longest, BcryptCost::MIN).unwrap()).unwrap());
    }

    #[test]
    fn a_hash_says_what_it_cost() {
        let hash = hash("open sesame", BcryptCost::parse(5).unwrap()).unwrap();
        assert!(hash.starts_with("$2b$05$"), "{hash}");
    }

    #[test]
    fn a_cheaper_hash_is_outdated() {
        let cost = |raw| BcryptCost::parse(raw).unwrap();
        let hasher =
            BcryptPasswordHasher::new(BcryptPasswordHasherConfig::with_cost(cost(5))).unwrap();
        let hash_of_cost = |raw| hash("open sesame", cost(raw)).unwrap();
        assert!(hasher.is_outdated(&hash_of_cost(4)));
        assert!(!hasher.is_outdated(&hash_of_cost(5)) && !hasher.is_outdated(&hash_of_cost(6)));
    }

    #[test]
    fn a_cheaper_hash_is_as_much_work_as_a_new_one() {
        let cost = |raw| BcryptCost::parse(raw).unwrap();
        let work = |cost: u32| 1_u64 << cost;
        let new = cost(8);
        for old in 4..=10 {
            let old_hash = hash("open sesame", cost(old)).unwrap();
            let whole = work(old) + missing_costs(&old_hash, new).map(work).sum::<u64>();
            assert_eq!(whole, work(new.get().max(old)), "cost {old}");
            assert!(verify_in_time("open sesame", &old_hash, new).unwrap());
            assert!(!verify_in_time("open says me", &old_hash, new).unwrap());
        }
    }

    #[tokio::test]
    async fn compares_with_a_hash_of_the_same_cost_when_there_is_none() {
        let config = BcryptPasswordHasherConfig::with_cost(BcryptCost::parse(6).unwrap());
        let hasher = BcryptPasswordHasher::new(config).unwrap();
        let password = PlainPassword::attempt("open sesame").unwrap();

        let hash = hasher.hash(password).await.unwrap();

        assert_eq!(hasher.dummy_hash[..7], hash[..7]);
        assert_eq!(hasher.dummy_hash.len(), hash.len());
        assert!(!verify("open sesame", &hasher.dummy_hash).unwrap());
    }

    #[test]
    fn the_default_keeps_one_core_free_and_a_short_queue() {
        let config = BcryptPasswordHasherConfig::with_cost(BcryptCost::DEFAULT);
        let cores = available_parallelism().unwrap().get();
        assert_eq!(config.permits.get(), (cores - 1).max(1));
        assert_eq!(config.waiting, 4 * config.permits.get());
    }
}
