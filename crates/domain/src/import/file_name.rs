/// What a file that somebody handed in is called. It is shown and never used as a path.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct FileName(String);

impl FileName {
    /// The greatest number of characters.
    pub const MAX: usize = 100;

    /// Makes a name of whatever the file came with: what stands behind the last slash, without
    /// characters that nobody sees, cut off where it is too long; `upload` when nothing is left.
    ///
    /// ```
    /// use reelmark_domain::FileName;
    /// assert_eq!(FileName::of("C:\\films\\ratings.csv").as_str(), "ratings.csv");
    /// assert_eq!(FileName::of("../..").as_str(), "upload");
    /// ```
    pub fn of(raw: &str) -> Self {
        let last = raw.rsplit(['/', '\\']).next().unwrap_or_default();
        let is_hidden = |c: char| {
            c.is_control()
                || matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}')
        };
        let seen: String = last.chars().filter(|c| !is_hidden(*c)).take(Self::MAX).collect();
        match seen.trim() {
            "" | "." | ".." => Self("upload".to_owned()),
            name => Self(name.to_owned()),
        }
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn is_one_short_line_and_no_path(raw in "[\\PC\\p{Cc}/\\\\]{0,150}") {
            let name = FileName::of(&raw);
            let name = name.as_str();
            prop_assert!((1..=FileName::MAX).contains(&name.chars().count()));
            prop_assert!(!name.contains(['/', '\\', '\n', '\0']));
        }
    }

    #[test]
    fn keeps_what_people_call_their_files() {
        for name in ["ratings.csv", "Ada’s films (2026).zip", "оценки.json"] {
            assert_eq!(FileName::of(name).as_str(), name);
        }
    }
}
