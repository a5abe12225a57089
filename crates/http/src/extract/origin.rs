use std::future::{Ready, ready};
use std::net::{IpAddr, Ipv4Addr};

use actix_web::dev::Payload;
use actix_web::http::header;
use actix_web::{FromRequest, HttpRequest};
use paperclip::actix::OperationModifier;
use paperclip::v2::schema::Apiv2Schema;
use reelmark_application::Origin;

use crate::problem::ApiError;
use crate::trusted_proxies::TrustedProxies;

/// Where a request comes from.
pub(crate) struct RequestOrigin(pub(crate) Origin);

impl FromRequest for RequestOrigin {
    type Error = ApiError;
    type Future = Ready<Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let user_agent = request.headers().get(header::USER_AGENT);
        let user_agent = user_agent.and_then(|value| value.to_str().ok()).map(str::to_owned);
        ready(Ok(Self(Origin { address: client_address(request), user_agent })))
    }
}

/// The client's address. A connection without an address doesn't come over the network.
pub(super) fn client_address(request: &HttpRequest) -> IpAddr {
    let peer = request.peer_addr().map_or(Ipv4Addr::LOCALHOST.into(), |peer| peer.ip());
    match request.app_data::<TrustedProxies>() {
        Some(proxies) => proxies.client_of(peer, request.headers()),
        None => peer.to_canonical(),
    }
}

impl Apiv2Schema for RequestOrigin {}
impl OperationModifier for RequestOrigin {}
