use reelmark_domain::ValueError;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

/// RFC 3339 in UTC. Every time the domain holds can be written so.
pub(crate) fn timestamp(time: OffsetDateTime) -> String {
    time.format(&Rfc3339).unwrap_or_default()
}

/// Reads RFC 3339, whatever its offset is.
///
/// # Errors
/// [`ValueError::Malformed`] for any other text.
pub(crate) fn parse_timestamp(raw: &str) -> Result<OffsetDateTime, ValueError> {
    let expected = "a time in RFC 3339, such as 2026-03-01T12:00:00Z";
    let time = OffsetDateTime::parse(raw, &Rfc3339);
    time.map_err(|_| ValueError::Malformed { expected })
}
