use actix_web::HttpRequest;
use actix_web::http::header::{self, HeaderValue};
use reelmark_domain::{Histogram, ReportStatus};

/// A strong entity tag: the version of what can be edited and, behind a dot, what else is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct EntityTag(String);

impl EntityTag {
    /// The tag of something with one version.
    pub(crate) fn of_version(version: i64) -> Self {
        Self(format!("\"{version}\""))
    }

    /// The tag of a movie, which changes with its facts and with its rating summary.
    pub(crate) fn of_movie(facts: i64, summary: i64) -> Self {
        Self(format!("\"{facts}.{summary}\""))
    }

    /// The tag of a profile, which changes with the account and with any of its ratings.
    pub(crate) fn of_profile(account: i64, ratings: &Histogram) -> Self {
        let counts = ratings.buckets().map(|count| count.to_string());
        Self(format!("\"{account}.{}\"", counts.join("-")))
    }

    /// The tag of a report in one form. All that a report shows follows from how far it is.
    pub(crate) fn of_report(status: ReportStatus, form: &str) -> Self {
        Self(format!("\"{status}.{form}\""))
    }

    /// The tag of a list whose items are told apart by these numbers.
    pub(crate) fn of_parts<const N: usize>(items: impl Iterator<Item = [i64; N]>) -> Self {
        let item = |numbers: [i64; N]| numbers.map(|number| number.to_string()).join("-");
        Self(format!("\"{}\"", items.map(item).collect::<Vec<_>>().join(".")))
    }

    /// The version of what can be edited: the part before the dot, so that a new rating never
    /// spoils an edit.
    pub(crate) fn edited_version(tag: &str) -> Option<i64> {
        let tag = tag.trim().strip_prefix('"')?.strip_suffix('"')?;
        tag.split('.').next()?.parse().ok()
    }

    /// Whether the client has this very version already. Compares weakly, as RFC 9110 §13.1.2 says.
    pub(crate) fn is_known_to(&self, request: &HttpRequest) -> bool {
        let headers = request.headers().get_all(header::IF_NONE_MATCH);
        let mut tags = headers.filter_map(|v| v.to_str().ok()).flat_map(|v| v.split(','));
        tags.any(|tag| {
            let tag = tag.trim();
            tag == "*" || tag.strip_prefix("W/").unwrap_or(tag) == self.0
        })
    }

    /// The value of the `ETag` header.
    pub(crate) fn into_header(self) -> HeaderValue {
        HeaderValue::try_from(self.0).unwrap_or(HeaderValue::from_static("\"\""))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::test::TestRequest;

    fn knows(header: &str) -> bool {
        let request =
            TestRequest::default().insert_header((header::IF_NONE_MATCH, header)).to_http_request();
        EntityTag::of_movie(3, 7).is_known_to(&request)
    }

    #[test]
    fn a_client_knows_the_whole_tag_or_nothing() {
        assert!(knows("\"3.7\"") && knows("W/\"3.7\"") && knows("\"1\", \"3.7\"") && knows("*"));
        assert!(!knows("\"3.8\"") && !knows("\"3\"") && !knows("3.7"));
    }

    #[test]
    fn an_edit_starts_from_the_facts() {
        assert_eq!(EntityTag::edited_version("\"3.7\""), Some(3));
        assert_eq!(EntityTag::edited_version("W/\"3.7\""), None);
    }
}
