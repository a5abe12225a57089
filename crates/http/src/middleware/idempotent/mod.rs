//! Does a repeated request once.

mod answers;

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{Payload, ServiceRequest, ServiceResponse};
use actix_web::http::Method;
use actix_web::middleware::Next;
use actix_web::{Error, FromRequest, HttpMessage};
use futures_util::stream;
use reelmark_application::idempotency::{IdempotencyUseCases, KeyOwner, KeyedRequest};
use reelmark_application::ports::{Begun, KeyClaim};

use super::Pattern;
use crate::extract::{BodyLimit, MaybeSignedIn, RequestOrigin, Uses, idempotency_key, read_body};
use crate::problem::{ApiError, ErrorCode};

pub(crate) use answers::IDEMPOTENCY_REPLAYED;

type Keys = Uses<dyn IdempotencyUseCases>;

/// Whether POST requests to this path may carry a key. What is answered below `/auth` holds
/// secrets, which must not be stored.
pub(crate) fn takes_keys(path: &str) -> bool {
    !path.starts_with("/api/v1/auth/")
}

/// Answers a POST whose `Idempotency-Key` is known as it was answered before, and lets any other
/// request pass.
pub(super) async fn idempotent(
    pattern: &Pattern,
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let may_carry_key = request.method() == Method::POST && takes_keys(pattern.as_str());
    let key = if may_carry_key { idempotency_key(request.headers()) } else { Ok(None) };
    match key {
        Ok(None) => Ok(next.call(request).await?.map_into_boxed_body()),
        Ok(Some(key)) => with_key(request, key, next).await,
        Err(error) => Ok(request.error_response(error)),
    }
}

async fn with_key(
    mut request: ServiceRequest,
    key: String,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let Beginning { keys, begun, is_signed_in } = match begin(&mut request, key).await {
        Ok(begun) => begun,
        Err(error) => return Ok(request.error_response(error)),
    };
    match begun {
        Begun::New(claim) => answer(request, keys, claim, is_signed_in, next).await,
        Begun::Replay(stored) => Ok(answers::replay(request, stored)),
        Begun::OtherRequest => Ok(request.error_response(reused())),
        Begun::InFlight => {
            Ok(request.error_response(ApiError::new(ErrorCode::IdempotencyInFlight)))
        }
    }
}

/// What is known before the request is done.
struct Beginning {
    keys: Keys,
    begun: Begun,
    is_signed_in: bool,
}

/// Reads the whole request, which the handler gets to read again.
///
/// The caller is known before anything stored is shown, and asked for once: the handler finds it
/// with the request.
async fn begin(request: &mut ServiceRequest, key: String) -> Result<Beginning, ApiError> {
    let mut none = Payload::None;
    let keys = Keys::from_request(request.request(), &mut none).await?;
    let caller = MaybeSignedIn::from_request(request.request(), &mut none).await?.0;
    let origin = RequestOrigin::from_request(request.request(), &mut none).await?.0;
    // Strangers hand in no files, whose bytes would be read before they are turned away.
    let limit = caller.map_or(BodyLimit::default(), |_| BodyLimit::of(request.request()));
    let body = read_body(request.take_payload(), limit).await?;
    let owner =
        caller.map_or(KeyOwner::Address(origin.address), |caller| KeyOwner::User(caller.user_id));
    let keyed = KeyedRequest {
        owner,
        key,
        method: request.method().to_string(),
        path: request.path().to_owned(),
        query: request.query_string().to_owned(),
        body: body.clone(),
    };
    let body = stream::iter([Ok(body.into())]);
    request.set_payload(Payload::Stream { payload: Box::pin(body) });
    let begun = keys.begin(keyed).await?;
    Ok(Beginning { keys, begun, is_signed_in: caller.is_some() })
}

/// Runs the handler in a task of its own: when the client hangs up, which is when it will try
/// again, the handler goes on and its answer is stored.
async fn answer(
    request: ServiceRequest,
    keys: Keys,
    claim: KeyClaim,
    is_signed_in: bool,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let kept = request.request().clone();
    let answering = actix_web::rt::spawn(async move {
        let response = next.call(request).await?.map_into_boxed_body();
        let (response, stored) = answers::keep(response).await?;
        // Nobody counts the mistakes of strangers, so they don't fill the store.
        let stored = stored.filter(|answer| is_signed_in || answer.status < 400);
        let settled = match stored {
            Some(answer) => keys.complete(claim, answer).await,
            None => keys.abandon(claim).await,
        };
        if let Err(error) = settled {
            // The request was done, whatever becomes of its key.
            log::error!(error:err = error; "could not settle an idempotency key");
        }
        Ok(response)
    });
    answering.await.unwrap_or_else(|broke| {
        let error = ApiError::new(ErrorCode::Internal).caused_by(broke);
        Ok(ServiceResponse::from_err(error, kept))
    })
}

fn reused() -> ApiError {
    let detail = "This Idempotency-Key came with another request before; make a new one.";
    ApiError::new(ErrorCode::IdempotencyKeyReused).detail(detail)
}

#[cfg(test)]
mod tests;
