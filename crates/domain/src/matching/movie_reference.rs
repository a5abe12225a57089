use crate::{ExternalIds, ReleaseYear, Title, ValueError};

/// How a file from elsewhere names a movie: by title and year, by ids, or by both.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MovieReference {
    titles: Vec<Title>,
    release_year: Option<ReleaseYear>,
    external_ids: ExternalIds,
}

impl MovieReference {
    /// Puts together a reference. The first title is the one that people know; the others are
    /// the original and alternative ones.
    ///
    /// # Errors
    /// [`ValueError::Blank`] without any title or id.
    pub fn new(
        titles: Vec<Title>,
        release_year: Option<ReleaseYear>,
        external_ids: ExternalIds,
    ) -> Result<Self, ValueError> {
        if titles.is_empty() && external_ids == ExternalIds::default() {
            return Err(ValueError::Blank);
        }
        Ok(Self { titles, release_year, external_ids })
    }

    /// All its titles, the best known one first.
    pub fn titles(&self) -> &[Title] {
        &self.titles
    }

    /// The year it came out, as far as the file knows.
    pub fn release_year(&self) -> Option<ReleaseYear> {
        self.release_year
    }

    /// Its names in other catalogues.
    pub fn external_ids(&self) -> &ExternalIds {
        &self.external_ids
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn needs_a_title_or_an_id() {
        let year = ReleaseYear::from_stored(1999).ok();
        let nothing = MovieReference::new(vec![], year, ExternalIds::default());
        assert_eq!(nothing, Err(ValueError::Blank));
        let title = vec![Title::parse("Up").unwrap()];
        assert!(MovieReference::new(title, None, ExternalIds::default()).is_ok());
        let movielens = crate::MovieLensId::parse(1).ok();
        let ids = ExternalIds { movielens, ..ExternalIds::default() };
        assert!(MovieReference::new(vec![], None, ids).is_ok());
    }
}
