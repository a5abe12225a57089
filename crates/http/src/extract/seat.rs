use std::future::{Ready, ready};
use std::sync::Arc;

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};
use paperclip::actix::OperationModifier;
use paperclip::v2::schema::Apiv2Schema;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::middleware::Draining;
use crate::problem::{ApiError, ErrorCode};

/// How many streams one process keeps open. Each holds a connection for as long as its client
/// stays, so there must be an end to them.
const SEATS: usize = 1000;

/// The seats of this process.
#[derive(Clone)]
pub(crate) struct Seats(Arc<Semaphore>);

/// A place among those who stay connected, free again once it is dropped.
pub(crate) struct Seat {
    draining: Draining,
    _permit: OwnedSemaphorePermit,
}

impl Default for Seats {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(SEATS)))
    }
}

impl Seat {
    /// Whether its holder has to leave, because the process is about to stop.
    pub(crate) fn must_be_left(&self) -> bool {
        self.draining.is_draining()
    }
}

impl FromRequest for Seat {
    type Error = ApiError;
    type Future = Ready<Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(take(request).ok_or_else(|| ApiError::new(ErrorCode::Overloaded)))
    }
}

fn take(request: &HttpRequest) -> Option<Seat> {
    let seats = request.app_data::<Seats>()?;
    let _permit = seats.0.clone().try_acquire_owned().ok()?;
    let draining = request.app_data::<Draining>()?.clone();
    (!draining.is_draining()).then_some(Seat { draining, _permit })
}

impl Apiv2Schema for Seat {}
impl OperationModifier for Seat {}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::test::TestRequest;

    #[test]
    fn there_is_a_seat_until_all_are_taken_and_again_when_one_is_left() {
        let seats = Seats(Arc::new(Semaphore::new(1)));
        let request = TestRequest::default().app_data(seats).app_data(Draining::default());
        let request = request.to_http_request();
        let seat = take(&request);
        assert!(seat.is_some());
        assert!(take(&request).is_none());
        drop(seat);
        assert!(take(&request).is_some());
    }

    #[test]
    fn nobody_sits_down_while_the_process_is_about_to_stop() {
        let draining = Draining::default();
        let request = TestRequest::default().app_data(Seats::default()).app_data(draining.clone());
        let request = request.to_http_request();
        let seat = take(&request).unwrap();
        draining.begin();
        assert!(seat.must_be_left());
        assert!(take(&request).is_none());
    }
}
