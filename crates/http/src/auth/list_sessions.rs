use actix_web::web::Json;
use paperclip::actix::{Apiv2Schema, api_v2_operation};
use reelmark_application::auth::{AuthUseCases, OwnSession};
use reelmark_application::ports::LISTED_SESSIONS;
use serde::Serialize;
use serde_json::json;

use crate::extract::{SignedIn, Uses};
use crate::openapi::{OperationErrors, Rule};
use crate::problem::ApiError;
use crate::respond::Private;
use crate::timestamp::timestamp;

pub(super) const ERRORS: OperationErrors = OperationErrors("listSessions", &[]);

/// The sessions of the caller.
#[derive(Debug, Serialize, Apiv2Schema)]
pub(super) struct SessionsResponse {
    /// Last used first.
    items: Vec<SessionResponse>,
}

/// A sign-in that goes on.
#[derive(Debug, Serialize, Apiv2Schema)]
pub(super) struct SessionResponse {
    /// Its id.
    id: i64,
    /// The program and the system it was begun with, as far as they can be told.
    device: String,
    /// When it was begun.
    created_at: String,
    /// When its tokens were last renewed.
    last_used_at: String,
    /// Whether this call belongs to it.
    is_current: bool,
}

/// List the own sessions
///
/// Everything that is signed in as the caller now, last used first, up to 100.
#[api_v2_operation(tags(Auth), operation_id = "listSessions")]
pub(super) async fn list_sessions(
    auth: Uses<dyn AuthUseCases>,
    caller: SignedIn,
) -> Result<Private<Json<SessionsResponse>>, ApiError> {
    let sessions = auth.list_sessions(caller.0).await?;
    let items = sessions.into_iter().map(SessionResponse::from).collect();
    Ok(Private(Json(SessionsResponse { items })))
}

impl From<OwnSession> for SessionResponse {
    fn from(OwnSession { session, is_current }: OwnSession) -> Self {
        Self {
            id: session.id.get(),
            device: session.device.into(),
            created_at: timestamp(session.created_at),
            last_used_at: timestamp(session.last_used_at),
            is_current,
        }
    }
}

pub(super) fn rules() -> Vec<Rule> {
    vec![Rule::property("SessionsResponse", "items", json!({"maxItems": LISTED_SESSIONS}))]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Api, samples};
    use mockall::predicate::eq;
    use reelmark_domain::{Device, Role, Session};

    const PATH: &str = "/api/v1/users/me/sessions";

    #[actix_web::test]
    async fn lists_the_callers_sessions() {
        let mut api = Api::new();
        let session = Session {
            id: samples::session_id(),
            device: Device::parse("curl").unwrap(),
            created_at: samples::NOON,
            last_used_at: samples::ONE,
        };
        api.auth.expect_list_sessions().with(eq(samples::caller(Role::Member))).returning(
            move |_| Ok(vec![OwnSession { session: session.clone(), is_current: true }]),
        );
        let answer = api.get(PATH).as_member().send().await;
        let expected = json!({"items": [{
            "id": 70,
            "device": "curl",
            "created_at": "2026-03-01T12:00:00Z",
            "last_used_at": "2026-03-01T13:00:00Z",
            "is_current": true,
        }]});
        assert_eq!((answer.status, answer.json()), (200, expected));
        assert_eq!(answer.header("cache-control"), "private, no-cache");
    }

    #[actix_web::test]
    async fn says_what_stands_in_the_way() {
        Api::new().get(PATH).send().await.fails(401, "unauthenticated");
        let mut api = Api::new();
        api.auth.expect_list_sessions().returning(|_| Err(samples::unavailable()));
        api.get(PATH).as_member().send().await.fails(503, "unavailable");
    }
}
