use reelmark_domain::Secret;

use crate::ports::AccessToken;

/// What somebody who has signed in goes on with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tokens {
    /// Goes with every call.
    pub access: AccessToken,
    /// Is traded in, once, for the next pair.
    pub refresh: Secret,
}
