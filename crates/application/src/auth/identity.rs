use reelmark_domain::{SessionId, UserId, ValueError};

use crate::ports::{Identity, RepositoryError};

/// Whom a token is to name, by the ids that the store gave out.
pub(super) fn identity(user_id: i64, session_id: i64) -> Result<Identity, RepositoryError> {
    let corrupt = |error: ValueError| RepositoryError::Corrupt(error.into());
    let user_id = UserId::parse(user_id).map_err(corrupt)?;
    let session_id = SessionId::parse(session_id).map_err(corrupt)?;
    Ok(Identity { user_id, session_id })
}
