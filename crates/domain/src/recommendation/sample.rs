use super::evaluation::scrambled;
use crate::UserId;

/// Which users are looked at when there are more ratings than there is memory for. Always the same
/// ones, so that nothing changes but by new ratings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UserSample {
    /// Users whose scrambled id is not above this.
    last: u64,
}

impl UserSample {
    /// So many users that of `ratings` about `most` are theirs.
    pub fn new(ratings: u64, most: u64) -> Self {
        if ratings <= most {
            return Self { last: u64::MAX };
        }
        let share = most as f64 / ratings as f64;
        Self { last: (share * u64::MAX as f64) as u64 }
    }

    /// Whether this user is one of them.
    pub fn has(&self, user: UserId) -> bool {
        scrambled(user.get().unsigned_abs()) <= self.last
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn share(ratings: u64, most: u64) -> f64 {
        let sample = UserSample::new(ratings, most);
        let users = (1..=10_000).map(|id| UserId::parse(id).unwrap());
        users.filter(|user| sample.has(*user)).count() as f64 / 10_000.0
    }

    #[test]
    fn takes_everybody_while_there_is_room() {
        assert_eq!(share(0, 100), 1.0);
        assert_eq!(share(100, 100), 1.0);
    }

    #[test]
    fn takes_about_as_many_as_there_is_room_for() {
        assert!((share(400, 100) - 0.25).abs() < 0.02);
        assert!(share(u64::MAX, 1) < 0.001);
    }
}
