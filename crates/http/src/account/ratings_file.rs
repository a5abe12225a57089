use actix_web::body::BodyStream;
use actix_web::http::header;
use actix_web::web::Bytes;
use actix_web::{HttpResponse, HttpResponseBuilder};
use futures_util::stream::{self, Stream};
use reelmark_application::account::{ExportRatingsError, RatingsExport};
use reelmark_application::ports::PersonalExportFormat;

use crate::problem::ApiError;

/// The forms that data is handed out in; the first one has everything.
pub(super) const FORMATS: [&str; 4] = ["json", "letterboxd_csv", "imdb_csv", "trakt_json"];

/// The form of a file of ratings; nothing for everything that is held.
pub(super) fn ratings_format(raw: Option<&str>) -> Result<Option<PersonalExportFormat>, ApiError> {
    Ok(match raw {
        None | Some("json") => None,
        Some("letterboxd_csv") => Some(PersonalExportFormat::LetterboxdCsv),
        Some("imdb_csv") => Some(PersonalExportFormat::ImdbCsv),
        Some("trakt_json") => Some(PersonalExportFormat::TraktJson),
        Some(_) => {
            let rule = format!("must be one of {}", FORMATS.join(", "));
            return Err(ApiError::field("format", "malformed", &rule));
        }
    })
}

/// A file of ratings that is made while it is sent.
pub(super) struct RatingsFile {
    first: Vec<u8>,
    rest: RatingsExport,
    format: PersonalExportFormat,
}

impl RatingsFile {
    /// Makes the first piece, so that what is wrong can still be said.
    pub(super) async fn begin(
        mut export: RatingsExport,
        format: PersonalExportFormat,
    ) -> Result<Self, ApiError> {
        let first = export.next_piece().await?.unwrap_or_default();
        Ok(Self { first, rest: export, format })
    }

    pub(super) fn put_into(self, response: &mut HttpResponseBuilder) -> HttpResponse {
        let (content_type, name) = match self.format {
            PersonalExportFormat::LetterboxdCsv => {
                ("text/csv; charset=utf-8", "reelmark-letterboxd.csv")
            }
            PersonalExportFormat::ImdbCsv => ("text/csv; charset=utf-8", "reelmark-imdb.csv"),
            PersonalExportFormat::TraktJson => ("application/json", "reelmark-trakt.json"),
        };
        let disposition = format!("attachment; filename=\"{name}\"");
        response
            .content_type(content_type)
            .insert_header((header::CONTENT_DISPOSITION, disposition))
            .body(BodyStream::new(Box::pin(pieces(self.first, self.rest))))
    }
}

/// A file that ends with an error is cut off, which the client notices.
fn pieces(
    first: Vec<u8>,
    rest: RatingsExport,
) -> impl Stream<Item = Result<Bytes, ExportRatingsError>> {
    let next = |(first, mut rest): (Option<Vec<u8>>, RatingsExport)| async move {
        let piece = match first {
            Some(first) => Some(first),
            None => rest.next_piece().await?,
        };
        Ok(piece.map(|piece| (Bytes::from(piece), (None, rest))))
    };
    stream::try_unfold((Some(first), rest), next)
}
