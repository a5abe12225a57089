use std::str::FromStr;

use unicode_normalization::UnicodeNormalization;

use crate::ValueError;
use crate::text::plain_text_traits;

/// An e-mail address in canonical form: trimmed, NFC, lower case. At most 254 bytes, which is what
/// fits into an SMTP path (RFC 5321 §4.5.3.1.3).
///
/// Strictly, the part before the @ may be case-sensitive; no provider people use makes it so, and
/// one person with two accounts is the greater harm.
#[derive(Clone, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(into = "String", try_from = "String"))]
pub struct EmailAddress(String);

impl EmailAddress {
    /// The greatest number of bytes.
    pub const MAX: usize = 254;

    /// Checks the form of an address (RFC 5321 with a dotted domain; no comments, no display
    /// name) and brings it into canonical form.
    ///
    /// # Errors
    /// [`ValueError::TooLong`] or [`ValueError::Malformed`].
    pub fn parse(raw: &str) -> Result<Self, ValueError> {
        let address: String = raw.trim().nfc().flat_map(char::to_lowercase).collect();
        if address.len() > Self::MAX {
            return Err(ValueError::TooLong { max: Self::MAX, actual: address.len() });
        }
        let options = email_address::Options::default()
            .with_required_tld()
            .without_domain_literal()
            .without_display_text();
        email_address::EmailAddress::parse_with_options(&address, options).map_err(|_| {
            ValueError::Malformed { expected: "an e-mail address like name@example.org" }
        })?;
        Ok(Self(address))
    }

    /// The canonical address.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What stands before the @.
    pub fn local_part(&self) -> &str {
        self.0.rsplit_once('@').map_or("", |(local, _)| local)
    }

    /// The name of the domain without its ending: `example` of `ada@mail.example.org`.
    pub fn domain_name(&self) -> &str {
        let domain = self.0.rsplit_once('@').map_or("", |(_, domain)| domain);
        domain.rsplit('.').nth(1).unwrap_or(domain)
    }
}

plain_text_traits!(EmailAddress);

/// Addresses are personal data, so debug output, which ends up in logs, doesn't show them.
impl std::fmt::Debug for EmailAddress {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("EmailAddress(…)")
    }
}

impl FromStr for EmailAddress {
    type Err = ValueError;

    fn from_str(raw: &str) -> Result<Self, Self::Err> {
        Self::parse(raw)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn canonical_form_is_a_fixed_point(raw in "[A-Za-z0-9]{1,20}@[A-Za-z0-9]{1,20}\\.(ORG|com)") {
            let email = EmailAddress::parse(&raw).unwrap();
            prop_assert_eq!(EmailAddress::parse(email.as_str()), Ok(email.clone()));
            prop_assert_eq!(email.as_str().to_owned(), raw.to_lowercase());
        }

        #[test]
        fn refuses_a_text_without_at_sign(raw in "[^@]{0,60}") {
            prop_assert!(EmailAddress::parse(&raw).is_err());
        }
    }

    #[test]
    fn refuses_what_is_not_one_plain_address() {
        for raw in [
            "a@b",
            "a b@example.org",
            "Ada <ada@example.org>",
            "a@[127.0.0.1]",
            "a@@b.org",
            "a@b.org\0",
        ] {
            assert!(EmailAddress::parse(raw).is_err(), "{raw:?} was accepted");
        }
    }

    #[test]
    fn refuses_more_than_254_bytes() {
        let raw = format!(
            "{}@{}.org",
            "a".repeat(60),
            ["b".repeat(60), "c".repeat(60), "d".repeat(60), "e".repeat(20)].join(".")
        );
        assert!(raw.len() > 254 && EmailAddress::parse(&raw).is_err());
    }

    #[test]
    fn is_not_shown_by_debug_output() {
        let email = EmailAddress::parse("ada@example.org").unwrap();
        assert!(!format!("{email:?}").contains("ada"));
    }
}
