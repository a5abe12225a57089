use std::collections::BTreeMap;
use std::future::{Future, Ready, ready};
use std::pin::Pin;
use std::sync::Arc;

use actix_web::dev::Payload;
use actix_web::http::header;
use actix_web::{FromRequest, HttpMessage, HttpRequest};
use paperclip::actix::OperationModifier;
use paperclip::v2::models::{DefaultOperationRaw, DefaultSchemaRaw, SecurityScheme};
use paperclip::v2::schema::Apiv2Schema;
use reelmark_application::auth::{AuthUseCases, AuthenticateError};
use reelmark_application::ports::TokenError;
use reelmark_domain::Caller;

use super::Throttling;
use crate::openapi::BEARER;
use crate::problem::{ApiError, ErrorCode};

/// Somebody who must have signed in, and does not write too much.
pub(crate) struct SignedIn(pub(crate) Caller);

/// Somebody who may have signed in. A token that is no good is refused all the same, so that
/// nobody takes a public answer for their own.
pub(crate) struct MaybeSignedIn(pub(crate) Option<Caller>);

/// Somebody of whom it doesn't matter who they are, until a handler asks.
pub(crate) struct Visitor(HttpRequest);

impl Visitor {
    /// Who it is.
    ///
    /// # Errors
    /// 401 for somebody who has not signed in.
    pub(crate) async fn signed_in(&self) -> Result<Caller, ApiError> {
        let caller = authenticate(&self.0).await?;
        caller.ok_or_else(|| ApiError::new(ErrorCode::Unauthenticated))
    }
}

type Extracting<T> = Pin<Box<dyn Future<Output = Result<T, ApiError>>>>;

impl FromRequest for SignedIn {
    type Error = ApiError;
    type Future = Extracting<Self>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let (caller, throttling) = (authenticate(request), Throttling::of(request));
        Box::pin(async move {
            let caller = caller.await?;
            let caller = caller.ok_or_else(|| ApiError::new(ErrorCode::Unauthenticated))?;
            throttling?.admit_user(caller).await?;
            Ok(Self(caller))
        })
    }
}

impl FromRequest for Visitor {
    type Error = ApiError;
    type Future = Ready<Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Ok(Self(request.clone())))
    }
}

impl FromRequest for MaybeSignedIn {
    type Error = ApiError;
    type Future = Extracting<Self>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let caller = authenticate(request);
        Box::pin(async move { caller.await.map(Self) })
    }
}

/// Who the caller turned out to be, kept with the request so that its token is looked at once.
#[derive(Clone, Copy)]
struct Known(Option<Caller>);

fn authenticate(
    request: &HttpRequest,
) -> impl Future<Output = Result<Option<Caller>, ApiError>> + 'static {
    let request = request.clone();
    async move {
        if let Some(Known(caller)) = request.extensions().get().copied() {
            return Ok(caller);
        }
        let auth = request.app_data::<Arc<dyn AuthUseCases>>();
        let caller = match (bearer_token(&request)?, auth) {
            (Some(token), Some(auth)) => Some(auth.authenticate(&token).await?),
            _ => None,
        };
        request.extensions_mut().insert(Known(caller));
        Ok(caller)
    }
}

fn bearer_token(request: &HttpRequest) -> Result<Option<String>, ApiError> {
    let Some(value) = request.headers().get(header::AUTHORIZATION) else {
        return Ok(None);
    };
    let invalid = || ApiError::new(ErrorCode::InvalidToken);
    let (scheme, token) =
        value.to_str().ok().and_then(|v| v.split_once(' ')).ok_or_else(invalid)?;
    if scheme.eq_ignore_ascii_case("Bearer") {
        Ok(Some(token.trim().to_owned()))
    } else {
        Err(invalid())
    }
}

impl From<AuthenticateError> for ApiError {
    fn from(error: AuthenticateError) -> Self {
        match error {
            AuthenticateError::Token(TokenError::Expired) => Self::new(ErrorCode::TokenExpired),
            AuthenticateError::Token(TokenError::Invalid) | AuthenticateError::SessionEnded => {
                Self::new(ErrorCode::InvalidToken)
            }
            AuthenticateError::Store(error) => error.into(),
        }
    }
}

impl Apiv2Schema for SignedIn {}

impl OperationModifier for SignedIn {
    fn update_definitions(_: &mut BTreeMap<String, DefaultSchemaRaw>) {}

    fn update_security(op: &mut DefaultOperationRaw) {
        op.security.push(BTreeMap::from([(BEARER.to_owned(), vec![])]));
    }

    fn update_security_definitions(map: &mut BTreeMap<String, SecurityScheme>) {
        map.insert(BEARER.to_owned(), crate::openapi::bearer_stand_in());
    }
}

impl Apiv2Schema for Visitor {}

impl OperationModifier for Visitor {
    fn update_definitions(_: &mut BTreeMap<String, DefaultSchemaRaw>) {}

    fn update_security(op: &mut DefaultOperationRaw) {
        MaybeSignedIn::update_security(op);
    }

    fn update_security_definitions(map: &mut BTreeMap<String, SecurityScheme>) {
        SignedIn::update_security_definitions(map);
    }
}

impl Apiv2Schema for MaybeSignedIn {}

impl OperationModifier for MaybeSignedIn {
    fn update_definitions(_: &mut BTreeMap<String, DefaultSchemaRaw>) {}

    fn update_security(op: &mut DefaultOperationRaw) {
        op.security.push(BTreeMap::new());
        SignedIn::update_security(op);
    }

    fn update_security_definitions(map: &mut BTreeMap<String, SecurityScheme>) {
        SignedIn::update_security_definitions(map);
    }
}
