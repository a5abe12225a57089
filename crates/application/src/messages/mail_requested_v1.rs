use serde::{Deserialize, Serialize};

/// Somebody is to get a mail. What stands in it is made when it is sent, so that no code ever
/// stands in a queue.
///
/// Either the id of the account is known, or the address that somebody says is theirs; whether
/// there is such an account is found out when the mail is sent.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MailRequestedV1 {
    /// What the mail is about: the name of a [`CodePurpose`](reelmark_domain::CodePurpose).
    pub purpose: String,
    pub user: Option<i64>,
    /// In canonical form.
    pub email: Option<String>,
}

impl MailRequestedV1 {
    /// What the outbox calls this format.
    pub const KIND: &str = "mail_requested.v1";
}

/// Addresses are personal data.
impl std::fmt::Debug for MailRequestedV1 {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("MailRequestedV1")
            .field("purpose", &self.purpose)
            .field("user", &self.user)
            .finish_non_exhaustive()
    }
}
