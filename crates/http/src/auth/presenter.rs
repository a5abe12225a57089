use paperclip::actix::Apiv2Schema;
use reelmark_application::auth::Tokens;
use serde::Serialize;
use serde_json::json;

use crate::openapi::Rule;

/// What calls are made with from now on.
// It has no debug output, because tokens stand in it.
#[derive(Serialize, Apiv2Schema)]
pub(super) struct TokensResponse {
    /// Goes into the `Authorization` header of every call.
    access_token: String,
    /// The word that goes in front of it.
    token_type: &'static str,
    /// The number of seconds after which the access token expires.
    expires_in: u64,
    /// Is traded in for the next tokens, once. Whoever has it can go on as the user.
    refresh_token: String,
}

impl From<Tokens> for TokensResponse {
    fn from(Tokens { access, refresh }: Tokens) -> Self {
        Self {
            access_token: access.token,
            token_type: "Bearer",
            expires_in: access.expires_in.as_secs(),
            refresh_token: refresh.expose().to_owned(),
        }
    }
}

pub(super) fn rules() -> Vec<Rule> {
    let response = "TokensResponse";
    vec![
        Rule::property(response, "token_type", json!({"enum": ["Bearer"]})),
        Rule::property(response, "expires_in", json!({"example": 600})),
    ]
}
