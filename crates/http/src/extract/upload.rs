use std::future::Future;
use std::pin::Pin;

use actix_multipart::{Field, Multipart, MultipartError};
use actix_web::dev::Payload;
use actix_web::error::PayloadError;
use actix_web::http::header::{self, ContentDisposition, DispositionType, HeaderMap};
use actix_web::web::Bytes;
use actix_web::{FromRequest, HttpMessage, HttpRequest};
use futures_util::{StreamExt, TryStreamExt, stream};
use paperclip::actix::OperationModifier;
use paperclip::v2::schema::Apiv2Schema;
use reelmark_domain::FileName;

use super::body::{BodyLimit, read_body_politely, too_large};
use crate::middleware::{Admission, UploadPlace};
use crate::problem::{ApiError, ErrorCode};

/// The part of a form that holds the file.
const PART: &str = "file";

/// How many bytes a form may have around the file.
pub(crate) const FORM_OVERHEAD: usize = 8 * 1024;

/// A file that somebody hands in: the part `file` of a form, or the body itself. While it is there
/// its place among the uploads of this process is taken.
pub(crate) struct Upload {
    pub(crate) file_name: FileName,
    pub(crate) content: Vec<u8>,
    _place: UploadPlace,
}

impl FromRequest for Upload {
    type Error = ApiError;
    type Future = Pin<Box<dyn Future<Output = Result<Self, ApiError>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (request, payload) = (request.clone(), payload.take());
        Box::pin(async move {
            let place = request.app_data::<Admission>().and_then(Admission::take_upload);
            let place = place.ok_or_else(|| ApiError::new(ErrorCode::Overloaded))?;
            let limit = BodyLimit::of(&request);
            let body = read_body_politely(&request, payload, limit).await?;
            let (file_name, content) = match request.content_type() {
                kind if kind.eq_ignore_ascii_case("multipart/form-data") => {
                    file_of_form(request.headers(), body).await?
                }
                _ => (name_of_body(request.headers()), body),
            };
            if content.len() > limit.0 - FORM_OVERHEAD {
                return Err(too_large(BodyLimit(limit.0 - FORM_OVERHEAD)));
            }
            Ok(Self { file_name: FileName::of(&file_name), content, _place: place })
        })
    }
}

fn name_of_body(headers: &HeaderMap) -> String {
    let disposition = headers.get(header::CONTENT_DISPOSITION);
    let disposition = disposition.and_then(|value| ContentDisposition::from_raw(value).ok());
    disposition.and_then(|known| known.get_filename().map(str::to_owned)).unwrap_or_default()
}

async fn file_of_form(headers: &HeaderMap, body: Vec<u8>) -> Result<(String, Vec<u8>), ApiError> {
    let body = stream::iter([Ok::<_, PayloadError>(Bytes::from(body))]);
    let mut form = Multipart::new(headers, body);
    let mut file = None;
    while let Some(mut part) = form.try_next().await.map_err(malformed)? {
        if part.name() != Some(PART) {
            let name = part.name().unwrap_or("body").to_owned();
            return Err(ApiError::field(&name, "unknown_field", "is not a known field"));
        }
        if file.is_some() {
            return Err(ApiError::field(PART, "repeated", "must be given once"));
        }
        file = Some((name_of_part(&part), content_of(&mut part).await?));
    }
    file.ok_or_else(|| ApiError::field(PART, "required", "is required"))
}

fn name_of_part(part: &Field) -> String {
    let disposition = part.content_disposition();
    let is_form = |known: &&ContentDisposition| known.disposition == DispositionType::FormData;
    let name = disposition.filter(is_form).and_then(|known| known.get_filename());
    name.unwrap_or_default().to_owned()
}

async fn content_of(part: &mut Field) -> Result<Vec<u8>, ApiError> {
    let mut content = Vec::new();
    while let Some(piece) = part.next().await {
        content.extend_from_slice(&piece.map_err(malformed)?);
    }
    Ok(content)
}

fn malformed(error: MultipartError) -> ApiError {
    let detail = format!("The body is not the form that its Content-Type announces: {error}.");
    ApiError::new(ErrorCode::MalformedRequest).detail(detail)
}

/// The rules of the document say what the body is.
impl Apiv2Schema for Upload {}
impl OperationModifier for Upload {}
