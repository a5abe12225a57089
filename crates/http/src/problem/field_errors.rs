use reelmark_domain::ValueError;
use serde::Serialize;

use super::{ApiError, ErrorCode};

/// The rule that a cursor breaks which no list of ours gave out.
pub(crate) const INVALID_CURSOR: &str = "invalid_cursor";

/// What is wrong with one field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct FieldError {
    /// The field's path, such as `external_ids.imdb`.
    pub(crate) field: String,
    /// The stable name of the rule.
    pub(crate) code: &'static str,
    /// The rule in words, beginning with the field.
    pub(crate) message: String,
}

/// Collects what is wrong with a request, so that every field is reported at once.
///
/// Each method returns the checked value or takes down what is wrong with it; [`Self::finish`]
/// says whether anything was.
#[derive(Debug, Default)]
pub(crate) struct FieldErrors(Vec<FieldError>);

impl FieldErrors {
    /// A field that must be there.
    pub(crate) fn required<A, B>(
        &mut self,
        field: &str,
        raw: Option<A>,
        parse: impl FnOnce(A) -> Result<B, ValueError>,
    ) -> Option<B> {
        if raw.is_none() {
            self.add(field, "required", "is required");
        }
        self.optional(field, raw, parse)
    }

    /// A field that may be absent.
    pub(crate) fn optional<A, B>(
        &mut self,
        field: &str,
        raw: Option<A>,
        parse: impl FnOnce(A) -> Result<B, ValueError>,
    ) -> Option<B> {
        match parse(raw?) {
            Ok(value) => Some(value),
            Err(error) => {
                self.add(field, error.code(), &error.to_string());
                None
            }
        }
    }

    /// A list whose items are checked one by one, and then together.
    pub(crate) fn list<B, L: Default>(
        &mut self,
        field: &str,
        raw: Option<Vec<String>>,
        parse: impl Fn(&str) -> Result<B, ValueError>,
        collect: impl FnOnce(Vec<B>) -> Result<L, ValueError>,
    ) -> L {
        let before = self.0.len();
        let items = raw.unwrap_or_default().into_iter().enumerate();
        let items: Vec<B> = items
            .filter_map(|(place, raw)| {
                self.optional(&format!("{field}[{place}]"), Some(raw.as_str()), &parse)
            })
            .collect();
        if self.0.len() > before {
            return L::default();
        }
        self.optional(field, Some(items), collect).unwrap_or_default()
    }

    /// Takes down a broken rule. `rule` is a predicate, such as "must not be blank".
    pub(crate) fn add(&mut self, field: &str, code: &'static str, rule: &str) {
        let message = format!("{field} {rule}");
        self.0.push(FieldError { field: field.to_owned(), code, message });
    }

    /// The value made of checked fields, which is `Some` exactly when nothing was taken down.
    ///
    /// # Errors
    /// `validation_failed` with everything that was taken down.
    pub(crate) fn finish<T>(self, value: Option<T>) -> Result<T, ApiError> {
        match value {
            Some(value) if self.0.is_empty() => Ok(value),
            _ => Err(ApiError::validation(self.0)),
        }
    }
}

impl ApiError {
    /// Fields that break rules.
    pub(crate) fn validation(fields: Vec<FieldError>) -> Self {
        let detail = match fields.as_slice() {
            [one] => format!("{}.", one.message),
            many => format!("{} fields break a rule; see errors.", many.len()),
        };
        Self::new(ErrorCode::ValidationFailed).detail(detail).fields(fields)
    }

    /// A header that can't be read.
    pub(crate) fn malformed_field(header: &str, rule: &str) -> Self {
        let mut errors = FieldErrors::default();
        errors.add(header, "malformed", rule);
        let detail = format!("{header} {rule}.");
        Self::new(ErrorCode::MalformedRequest).detail(detail).fields(errors.0)
    }

    /// One field that breaks a rule.
    pub(crate) fn field(field: &str, code: &'static str, rule: &str) -> Self {
        let mut errors = FieldErrors::default();
        errors.add(field, code, rule);
        Self::validation(errors.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use reelmark_domain::{Genre, Genres, Score, Title};

    #[test]
    fn reports_every_field_at_once() {
        let mut errors = FieldErrors::default();
        errors.required("score", Some(11), Score::parse);
        errors.required("title", None, Title::parse);
        errors.list("genres", Some(vec!["Drama".into(), " ".into()]), Genre::parse, Genres::new);
        let fields: Vec<_> = errors.0.iter().map(|e| (e.field.as_str(), e.code)).collect();
        let expected = [("score", "out_of_range"), ("title", "required"), ("genres[1]", "blank")];
        assert_eq!(fields, expected);
        assert_eq!(errors.0[0].message, "score must be between 1 and 10, is 11");
    }

    #[test]
    fn lets_a_clean_request_pass() {
        let mut errors = FieldErrors::default();
        let score = errors.required("score", Some(7), Score::parse);
        assert_eq!(errors.finish(score).map(Score::get).ok(), Some(7));
    }
}
