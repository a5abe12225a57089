use crate::text::text_value;

text_value! {
    /// A movie's title: 1 to 200 characters on one line. "Up" is a title, and so is "M".
    ///
    /// ```
    /// use reelmark_domain::Title;
    /// assert_eq!(Title::parse("  Up ")?.as_str(), "Up");
    /// assert!(Title::parse(" ").is_err());
    /// # Ok::<(), reelmark_domain::ValueError>(())
    /// ```
    Title, max 200, OneLine
}

text_value! {
    /// What a movie is about: 1 to 2,000 characters, line breaks allowed.
    Synopsis, max 2000, Paragraphs
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ValueError;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn takes_any_printable_title_up_to_200_characters(raw in "[A-Za-z0-9а-яא-ת一-龥가-힣]{1,200}") {
            prop_assert!(Title::parse(&raw).is_ok());
        }
    }

    #[test]
    fn counts_characters_and_not_bytes() {
        assert!(Title::parse(&"七".repeat(200)).is_ok());
        let error = Title::parse(&"七".repeat(201));
        assert_eq!(error, Err(ValueError::TooLong { max: 200, actual: 201 }));
    }

    #[test]
    fn lets_a_synopsis_have_paragraphs_and_a_title_none() {
        assert!(Synopsis::parse("One.\n\nTwo.").is_ok());
        assert!(Title::parse("One.\n\nTwo.").is_err());
    }
}
