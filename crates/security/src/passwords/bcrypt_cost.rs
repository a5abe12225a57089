use thiserror::Error;

/// How slow hashing is: each step doubles the time, 12 takes about 0.3 seconds.
///
/// The adapter takes every cost that bcrypt knows, so that tests can be quick with
/// [`BcryptCost::MIN`]. The binary's configuration refuses to go below 10.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BcryptCost(u32);

/// Not a cost that bcrypt knows.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
#[error("the cost of bcrypt must be between 4 and 31, is {0}")]
pub struct BcryptCostError(u32);

impl BcryptCost {
    /// The quickest, for tests.
    pub const MIN: Self = Self(4);
    /// What is used unless somebody decides otherwise.
    pub const DEFAULT: Self = Self(12);
    const MAX: u32 = 31;

    /// Checks a cost.
    ///
    /// # Errors
    /// [`BcryptCostError`] outside 4 to 31.
    pub fn parse(raw: u32) -> Result<Self, BcryptCostError> {
        if (Self::MIN.0..=Self::MAX).contains(&raw) {
            Ok(Self(raw))
        } else {
            Err(BcryptCostError(raw))
        }
    }

    /// The plain number.
    #[must_use]
    pub fn get(self) -> u32 {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_4_to_31() {
        let taken: Vec<_> = (0..100).filter(|raw| BcryptCost::parse(*raw).is_ok()).collect();
        assert_eq!(taken, (4..=31).collect::<Vec<_>>());
    }
}
