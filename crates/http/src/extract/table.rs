use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::http::header::{self, Accept, Header, Quality};
use actix_web::{FromRequest, HttpRequest};
use paperclip::actix::OperationModifier;
use paperclip::v2::schema::Apiv2Schema;

use crate::problem::{ApiError, ErrorCode};

/// In which form the client wants what can be a table (RFC 9110 §12.5.1): JSON unless it likes CSV
/// better.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Table {
    Json,
    Csv,
}

impl FromRequest for Table {
    type Error = ApiError;
    type Future = Ready<Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(chosen(request).ok_or_else(|| ApiError::new(ErrorCode::NotAcceptable)))
    }
}

fn chosen(request: &HttpRequest) -> Option<Table> {
    if !request.headers().contains_key(header::ACCEPT) {
        return Some(Table::Json);
    }
    let accept = Accept::parse(request).ok()?;
    let json = quality(&accept, "application", "json");
    let csv = quality(&accept, "text", "csv");
    if csv > json {
        return Some(Table::Csv);
    }
    (json > Quality::ZERO).then_some(Table::Json)
}

/// How much the client likes a type: what it says of the narrowest range that the type is in.
fn quality(accept: &Accept, kind: &str, subtype: &str) -> Quality {
    let fits = accept.iter().filter_map(|range| {
        let (of, sub) = (range.item.type_().as_str(), range.item.subtype().as_str());
        let narrowness = match (of == kind, sub == subtype) {
            (true, true) => 2,
            (true, false) if sub == "*" => 1,
            (false, _) if (of, sub) == ("*", "*") => 0,
            _ => return None,
        };
        Some((narrowness, range.quality))
    });
    fits.max_by_key(|(narrowness, _)| *narrowness).map_or(Quality::ZERO, |(_, quality)| quality)
}

impl Apiv2Schema for Table {}
impl OperationModifier for Table {}
