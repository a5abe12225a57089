use actix_web::Error;
use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::middleware::Next;

use super::close_unread::Unread;
use super::observe::Observation;
use super::{head, render_problems, security_headers};

/// All that is done to every request before anybody else sees it, and to its answer at the very
/// end. These are one layer because each layer costs every request as much as all of them do.
pub(crate) async fn envelope(
    mut request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let unread = Unread::of(&mut request);
    let observation = Observation::begin(&request);
    head::ask_as_get(&mut request);
    let response = next.call(request).await?.map_into_boxed_body();
    let mut response = render_problems::render(response, observation.id());
    security_headers::add(response.headers_mut());
    observation.end(&mut response);
    Ok(unread.hold(response))
}
