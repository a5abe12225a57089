use crate::text::text_value;

text_value! {
    /// What somebody has to say about a movie: 1 to 5,000 characters, line breaks allowed.
    Review, max 5000, Paragraphs
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn takes_up_to_5000_characters(count in 4990usize..5010) {
            prop_assert_eq!(Review::parse(&"é".repeat(count)).is_ok(), count <= 5000);
        }
    }
}
