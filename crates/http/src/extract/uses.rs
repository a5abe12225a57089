use std::future::{Ready, ready};
use std::ops::Deref;
use std::sync::Arc;

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};
use paperclip::actix::OperationModifier;
use paperclip::v2::schema::Apiv2Schema;

use crate::problem::{ApiError, ErrorCode};

/// The inbound port that a handler calls: `Uses<dyn MovieUseCases>`.
pub(crate) struct Uses<T: ?Sized>(Arc<T>);

impl<T: ?Sized + 'static> FromRequest for Uses<T> {
    type Error = ApiError;
    type Future = Ready<Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let port = request.app_data::<Arc<T>>().cloned().map(Self);
        ready(port.ok_or_else(|| {
            let name = std::any::type_name::<T>();
            ApiError::new(ErrorCode::Internal).caused_by(format!("{name} was not registered"))
        }))
    }
}

impl<T: ?Sized> Uses<T> {
    /// The port, for what goes on after the handler has returned.
    pub(crate) fn share(&self) -> Arc<T> {
        self.0.clone()
    }
}

impl<T: ?Sized> Deref for Uses<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T: ?Sized> Apiv2Schema for Uses<T> {}
impl<T: ?Sized> OperationModifier for Uses<T> {}
