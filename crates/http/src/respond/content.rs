use std::borrow::Cow;
use std::marker::PhantomData;
use std::sync::Arc;

use actix_web::http::header::{self, HeaderValue};
use actix_web::web::Bytes;
use actix_web::{HttpResponse, HttpResponseBuilder, ResponseError};
use paperclip::v2::models::DefaultSchemaRaw;
use paperclip::v2::schema::Apiv2Schema;
use reelmark_application::caching::Shown;
use reelmark_domain::Page;
use serde::Serialize;

use super::PageResponse;
use crate::problem::{ApiError, ErrorCode};

/// What an answer can hold.
pub(crate) trait Content {
    /// The answer with this in it.
    fn put_into(self, response: &mut HttpResponseBuilder) -> HttpResponse;
}

/// A value that many are shown as the model `M`: written down for the first of them.
pub(crate) struct Prepared<T, M> {
    shown: Arc<Shown<T>>,
    model: PhantomData<M>,
}

impl<T, M> Prepared<T, M> {
    pub(crate) fn new(shown: Arc<Shown<T>>) -> Self {
        Self { shown, model: PhantomData }
    }
}

impl<T: Serialize> Content for T {
    fn put_into(self, response: &mut HttpResponseBuilder) -> HttpResponse {
        response.json(self)
    }
}

impl<T, M> Content for Prepared<T, M>
where
    M: Serialize + for<'a> From<&'a T>,
{
    fn put_into(self, response: &mut HttpResponseBuilder) -> HttpResponse {
        let json = |value: &T| serde_json::to_vec(&M::from(value)).map(Bytes::from).ok();
        let Some(json) = self.shown.presented(json) else {
            return ApiError::new(ErrorCode::Internal).error_response();
        };
        let media = HeaderValue::from_static("application/json");
        response.insert_header((header::CONTENT_TYPE, media)).body(json)
    }
}

impl<T, M> PageResponse for Prepared<Page<T>, M>
where
    M: Apiv2Schema + Serialize + for<'a> From<&'a Page<T>>,
{
    fn next_cursor(&self) -> Option<Cow<'_, str>> {
        self.shown.next.as_ref().map(|cursor| cursor.encode().into())
    }
}

impl<T, M: Apiv2Schema> Apiv2Schema for Prepared<T, M> {
    fn name() -> Option<String> {
        M::name()
    }

    fn raw_schema() -> DefaultSchemaRaw {
        M::raw_schema()
    }
}
