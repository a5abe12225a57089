use std::ops::Deref;

use paperclip::v2::models::DefaultSchemaRaw;
use paperclip::v2::schema::Apiv2Schema;
use reelmark_application::Change;
use reelmark_domain::ValueError;
use serde::{Deserialize, Deserializer};

use crate::problem::FieldErrors;

/// A field of a partial edit, which tells "not mentioned" from `null`.
///
/// It needs `#[serde(default)]`, because that is how an absent field becomes "keep".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Patch<T>(Change<T>);

impl<T> Patch<T> {
    /// The change to make, with what is wrong with the new value taken down in `errors`.
    pub(crate) fn check<U>(
        self,
        errors: &mut FieldErrors,
        field: &str,
        parse: impl FnOnce(T) -> Result<U, ValueError>,
    ) -> Change<U> {
        match self.0 {
            Change::Keep => Change::Keep,
            Change::Clear => Change::Clear,
            // What breaks a rule is never stored, so it doesn't matter what it turns into.
            Change::Set(raw) => {
                errors.optional(field, Some(raw), parse).map_or(Change::Keep, Change::Set)
            }
        }
    }

    /// The new value of something that can't be empty; `null` is an error.
    pub(crate) fn check_not_null<U>(
        self,
        errors: &mut FieldErrors,
        field: &str,
        parse: impl FnOnce(T) -> Result<U, ValueError>,
    ) -> Option<U> {
        match self.check(errors, field, parse) {
            Change::Keep => None,
            Change::Clear => {
                errors.add(field, "required", "must not be null");
                None
            }
            Change::Set(value) => Some(value),
        }
    }
}

impl Patch<Vec<String>> {
    /// The new list; `null` empties it.
    pub(crate) fn check_list<B, L: Default>(
        self,
        errors: &mut FieldErrors,
        field: &str,
        parse: impl Fn(&str) -> Result<B, ValueError>,
        collect: impl FnOnce(Vec<B>) -> Result<L, ValueError>,
    ) -> Option<L> {
        match self.0 {
            Change::Keep => None,
            Change::Clear => Some(L::default()),
            Change::Set(raw) => Some(errors.list(field, Some(raw), parse, collect)),
        }
    }
}

impl<T: Deref> Patch<T> {
    /// The same change with a borrowed value: `Patch<&str>` of a `Patch<String>`.
    pub(crate) fn as_deref(&self) -> Patch<&T::Target> {
        Patch(match &self.0 {
            Change::Keep => Change::Keep,
            Change::Clear => Change::Clear,
            Change::Set(value) => Change::Set(value),
        })
    }
}

impl<T> Default for Patch<T> {
    fn default() -> Self {
        Self(Change::Keep)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Patch<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Option::deserialize(deserializer)?;
        Ok(Self(value.map_or(Change::Clear, Change::Set)))
    }
}

impl<T: Apiv2Schema> Apiv2Schema for Patch<T> {
    fn name() -> Option<String> {
        T::name()
    }

    fn required() -> bool {
        false
    }

    fn raw_schema() -> DefaultSchemaRaw {
        T::raw_schema()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use reelmark_domain::Bio;

    #[derive(Deserialize)]
    struct Request {
        #[serde(default)]
        bio: Patch<String>,
    }

    fn change(json: &str) -> Change<String> {
        let request: Request = serde_json::from_str(json).unwrap();
        let bio = request.bio.as_deref();
        match bio.check(&mut FieldErrors::default(), "bio", Bio::parse) {
            Change::Keep => Change::Keep,
            Change::Clear => Change::Clear,
            Change::Set(bio) => Change::Set(bio.to_string()),
        }
    }

    #[test]
    fn tells_absent_from_null_from_a_value() {
        assert_eq!(change("{}"), Change::Keep);
        assert_eq!(change(r#"{"bio":null}"#), Change::Clear);
        assert_eq!(change(r#"{"bio":"Hello"}"#), Change::Set("Hello".into()));
    }

    #[test]
    fn takes_down_what_breaks_a_rule() {
        let mut errors = FieldErrors::default();
        Patch(Change::Set(" ")).check(&mut errors, "bio", Bio::parse);
        Patch(Change::<&str>::Clear).check_not_null(&mut errors, "visibility", Bio::parse);
        let problem = errors.finish(Some(())).unwrap_err().document("r");
        assert_eq!(problem["errors"][0]["code"], "blank");
        assert_eq!(problem["errors"][1]["code"], "required");
    }
}
