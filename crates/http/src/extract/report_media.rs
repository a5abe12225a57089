use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::http::header::{Accept, Header, Quality};
use actix_web::{FromRequest, HttpRequest};
use paperclip::actix::OperationModifier;
use paperclip::v2::schema::Apiv2Schema;

use crate::problem::{ApiError, ErrorCode};

/// The form in which a client wants a report (RFC 9110 §12.5.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ReportMedia {
    Json,
    Csv,
    Html,
}

/// The media types, the one for those who don't mind first.
const OFFERED: [(&str, &str, ReportMedia); 3] = [
    ("application", "json", ReportMedia::Json),
    ("text", "html", ReportMedia::Html),
    ("text", "csv", ReportMedia::Csv),
];

impl FromRequest for ReportMedia {
    type Error = ApiError;
    type Future = Ready<Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(chosen(request).ok_or_else(|| {
            let detail = "There are application/json, text/csv and text/html.";
            ApiError::new(ErrorCode::NotAcceptable).detail(detail)
        }))
    }
}

/// The most wanted offer. A header without anything that can be read asks for nothing special.
fn chosen(request: &HttpRequest) -> Option<ReportMedia> {
    let accept = Accept::parse(request).unwrap_or_else(|_| Accept(vec![]));
    if accept.is_empty() {
        return Some(ReportMedia::Json);
    }
    let mut best = (Quality::ZERO, None);
    for (kind, form, media) in OFFERED {
        let wanted = quality(&accept, kind, form);
        if wanted > best.0 {
            best = (wanted, Some(media));
        }
    }
    best.1
}

/// How much an offer is wanted: what the most specific range that takes it says.
fn quality(accept: &Accept, kind: &str, form: &str) -> Quality {
    let takes = |wanted: &str, offered: &str| wanted == "*" || wanted == offered;
    let ranges = accept.iter().filter(|range| {
        let (wanted_kind, wanted_form) = (range.item.type_(), range.item.subtype());
        takes(wanted_kind.as_str(), kind) && takes(wanted_form.as_str(), form)
    });
    let specific = |part: &str| part != "*";
    let best = ranges.max_by_key(|range| {
        (specific(range.item.type_().as_str()), specific(range.item.subtype().as_str()))
    });
    best.map_or(Quality::ZERO, |range| range.quality)
}

impl Apiv2Schema for ReportMedia {}
impl OperationModifier for ReportMedia {}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::test::TestRequest;

    fn choice(accept: &str) -> Option<ReportMedia> {
        chosen(&TestRequest::default().insert_header(("Accept", accept)).to_http_request())
    }

    #[test]
    fn takes_what_is_wanted_most() {
        use ReportMedia::*;
        let browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
        let cases = [
            ("", Some(Json)),
            ("*/*", Some(Json)),
            ("application/*", Some(Json)),
            ("text/csv", Some(Csv)),
            ("text/csv; charset=utf-8", Some(Csv)),
            ("text/*", Some(Html)),
            (browser, Some(Html)),
            ("text/csv;q=0.5, text/html;q=0.4, application/json;q=0.1", Some(Csv)),
            ("application/json;q=0, */*;q=0.1", Some(Html)),
            ("image/png", None),
            ("text/csv;q=0", None),
        ];
        for (accept, media) in cases {
            assert_eq!(choice(accept), media, "{accept}");
        }
    }

    #[test]
    fn who_asks_for_nothing_gets_json() {
        let request = TestRequest::default().to_http_request();
        assert_eq!(chosen(&request), Some(ReportMedia::Json));
    }
}
