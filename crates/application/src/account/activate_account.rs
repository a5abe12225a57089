use reelmark_domain::Secret;
use thiserror::Error;

use crate::ports::{AccountCodeRepository, Clock, RepositoryError};

/// Why an account was not activated.
#[derive(Debug, Error)]
pub enum ActivateAccountError {
    /// Unknown, expired, used and replaced codes are not told apart.
    #[error("the code is no good")]
    InvalidCode,
    #[error(transparent)]
    Store(#[from] RepositoryError),
}

pub(super) async fn run(
    codes: &dyn AccountCodeRepository,
    clock: &dyn Clock,
    code: Secret,
) -> Result<(), ActivateAccountError> {
    match codes.activate(code.digest(), clock.now()).await? {
        true => Ok(()),
        false => Err(ActivateAccountError::InvalidCode),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ports::MockAccountCodeRepository;
    use crate::testing::{NOW, clock};
    use mockall::predicate::eq;

    #[tokio::test]
    async fn a_code_is_good_when_the_store_knows_its_digest() {
        let code = Secret::parse("code".into()).unwrap();
        for is_known in [true, false] {
            let mut codes = MockAccountCodeRepository::new();
            let digest = eq(code.digest());
            codes.expect_activate().with(digest, eq(NOW)).return_once(move |_, _| Ok(is_known));
            let done = run(&codes, &clock(), code.clone()).await;
            let is_invalid = matches!(done, Err(ActivateAccountError::InvalidCode));
            assert_eq!((done.is_ok(), is_invalid), (is_known, !is_known));
        }
    }
}
