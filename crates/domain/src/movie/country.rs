use std::collections::HashSet;

use crate::ValueError;
use crate::text::plain_text_traits;

/// A country by its code of ISO 3166-1: two letters in upper case.
///
/// ```
/// use reelmark_domain::Country;
/// assert_eq!(Country::parse("fr")?.as_str(), "FR");
/// assert!(Country::parse("XX").is_err());
/// # Ok::<(), reelmark_domain::ValueError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(into = "String", try_from = "String"))]
pub struct Country(&'static str);

impl Country {
    /// Reads a code of two letters, in either case.
    ///
    /// # Errors
    /// [`ValueError::Malformed`] for anything that is no code of a country of today.
    pub fn parse(raw: &str) -> Result<Self, ValueError> {
        let code = raw.trim();
        let is_form = code.len() == 2 && code.bytes().all(|b| b.is_ascii_alphabetic());
        let known = is_form.then(|| celes::Country::from_alpha2(code).ok()).flatten();
        let expected = "a country code of two letters of ISO 3166-1, such as FR";
        Ok(Self(known.ok_or(ValueError::Malformed { expected })?.alpha2))
    }

    /// The code.
    pub fn as_str(&self) -> &str {
        self.0
    }
}

plain_text_traits!(Country);

/// The countries that a movie comes from, the most important one first: at most 20, none twice.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Countries(Vec<Country>);

impl Countries {
    /// The greatest number of countries of one movie.
    pub const MAX: usize = 20;

    /// Checks a list of countries.
    ///
    /// # Errors
    /// [`ValueError::TooMany`] above [`Self::MAX`], [`ValueError::Repeated`] for a country given
    /// twice.
    pub fn new(countries: Vec<Country>) -> Result<Self, ValueError> {
        if countries.len() > Self::MAX {
            return Err(ValueError::TooMany { max: Self::MAX, actual: countries.len() });
        }
        let distinct: HashSet<_> = countries.iter().collect();
        if distinct.len() != countries.len() {
            return Err(ValueError::Repeated);
        }
        Ok(Self(countries))
    }

    /// The countries in order.
    pub fn as_slice(&self) -> &[Country] {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn countries(codes: &[&str]) -> Result<Countries, ValueError> {
        Countries::new(codes.iter().map(|code| Country::parse(code)).collect::<Result<_, _>>()?)
    }

    proptest! {
        #[test]
        fn what_is_accepted_is_two_capitals_and_a_fixed_point(raw in "[a-zA-Z]{1,3}|\\PC{0,3}") {
            if let Ok(country) = Country::parse(&raw) {
                let code = country.as_str();
                prop_assert!(code.len() == 2 && code.bytes().all(|b| b.is_ascii_uppercase()));
                prop_assert_eq!(Country::parse(code), Ok(country));
            }
        }
    }

    #[test]
    fn names_and_unknown_codes_are_refused() {
        for raw in ["", "F", "FRA", "France", "XX", "SU", "ＦＲ", "é"] {
            assert_eq!(Country::parse(raw).unwrap_err().code(), "malformed", "{raw}");
        }
    }

    #[test]
    fn a_country_counts_once() {
        assert_eq!(countries(&["FR", "fr"]), Err(ValueError::Repeated));
        assert_eq!(countries(&["FR", "DE"]).unwrap().as_slice()[1].as_str(), "DE");
        let codes = "AD AE AF AG AI AL AM AO AR AT AU AZ BA BB BD BE BF BG BH BI BJ";
        let codes: Vec<_> = codes.split(' ').collect();
        assert!(countries(&codes[..20]).is_ok());
        assert_eq!(countries(&codes), Err(ValueError::TooMany { max: 20, actual: 21 }));
    }
}
