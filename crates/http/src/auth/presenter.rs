use actix_web::web::Json;
use paperclip::actix::Apiv2Schema;
use reelmark_application::auth::Tokens;
use serde::Serialize;
use serde_json::json;

use super::carrier::Carrier;
use crate::openapi::Rule;
use crate::respond::{NotStored, WithCookie};

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
    /// Is traded in for the next tokens, once. Whoever has it can go on as the user. null when a
    /// cookie has it.
    refresh_token: Option<String>,
}

/// Hands out tokens, the refresh token by the way it came or is to go.
pub(super) fn present(tokens: Tokens, carrier: &Carrier) -> Presented {
    let Tokens { access, refresh } = tokens;
    let by_cookie = carrier.is_cookie();
    let body = NotStored(Json(TokensResponse {
        access_token: access.token,
        token_type: "Bearer",
        expires_in: access.expires_in.as_secs(),
        refresh_token: (!by_cookie).then(|| refresh.expose().to_owned()),
    }));
    if by_cookie { WithCookie::keeping(&refresh, body) } else { WithCookie::unchanged(body) }
}

/// Tokens that nobody may keep a copy of.
pub(super) type Presented = WithCookie<NotStored<Json<TokensResponse>>>;

pub(super) fn rules() -> Vec<Rule> {
    let response = "TokensResponse";
    vec![
        Rule::property(response, "token_type", json!({"enum": ["Bearer"]})),
        Rule::property(response, "expires_in", json!({"example": 600})),
    ]
}
