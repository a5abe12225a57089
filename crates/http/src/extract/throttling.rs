use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpMessage, HttpRequest};
use paperclip::actix::OperationModifier;
use paperclip::v2::schema::Apiv2Schema;
use reelmark_application::throttling::{Limit, Meter, Network, Policy, Throttle};
use reelmark_domain::Caller;

use super::origin::client_address;
use crate::middleware::Pattern;
use crate::problem::{ApiError, ErrorCode};
use crate::throttling::Limits;

/// What a request may still do. For a limit of its own a handler needs one line:
/// `throttling.admit(policies::SIGN_UP_IP).await?`.
pub(crate) struct Throttling {
    throttle: Throttle,
    limits: Limits,
    network: Network,
    /// For use cases that count by themselves.
    pub(crate) meter: Meter,
}

impl Throttling {
    pub(crate) fn of(request: &HttpRequest) -> Result<Self, ApiError> {
        let throttle = request.app_data::<Throttle>().cloned().ok_or_else(|| {
            ApiError::new(ErrorCode::Internal).caused_by("the throttle was not registered")
        })?;
        Ok(Self {
            throttle,
            limits: limits_of(request),
            network: client_address(request).into(),
            meter: request.extensions().get().cloned().unwrap_or_default(),
        })
    }

    /// Counts against a policy for each client network.
    pub(crate) async fn admit(&self, policy: Policy) -> Result<(), ApiError> {
        self.admit_all(vec![policy.of(self.network)]).await
    }

    /// Counts against what limits this operation for each client network.
    pub(crate) async fn admit_network(&self) -> Result<(), ApiError> {
        self.admit_all(self.of_network(self.limits.network)).await
    }

    /// Counts against what limits this operation for each user.
    pub(crate) async fn admit_user(&self, caller: Caller) -> Result<(), ApiError> {
        let limits = self.limits.user.iter().map(|policy| policy.of(caller.user_id));
        let of_network = self.of_network(self.limits.network_of_user);
        self.admit_all(limits.chain(of_network).collect()).await
    }

    fn of_network(&self, policies: &[Policy]) -> Vec<Limit> {
        policies.iter().map(|policy| policy.of(self.network)).collect()
    }

    async fn admit_all(&self, limits: Vec<Limit>) -> Result<(), ApiError> {
        if limits.is_empty() {
            return Ok(());
        }
        Ok(self.throttle.admit(&limits, &self.meter).await?)
    }
}

/// The limits of what a request asks for.
pub(crate) fn limits_of(request: &HttpRequest) -> Limits {
    let extensions = request.extensions();
    let path = extensions.get().map(Pattern::as_str).unwrap_or_default();
    Limits::of_request(request.method().as_str(), path, request.query_string())
}

impl FromRequest for Throttling {
    type Error = ApiError;
    type Future = Ready<Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Self::of(request))
    }
}

impl Apiv2Schema for Throttling {}
impl OperationModifier for Throttling {}
