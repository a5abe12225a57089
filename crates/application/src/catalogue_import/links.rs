use std::collections::HashMap;

use reelmark_domain::{ExternalIds, ImdbId, MovieLensId, TmdbId};

use super::{ImportCatalogueError, ImportCounts, ImportObserver};
use crate::ports::{CatalogueLink, ImportFileError, ImportItem, ImportRows, ImportedRow, Place};

/// What other catalogues call the movies of MovieLens, all of them: there are as many as movies, of
/// which there are few beside the ratings.
#[derive(Clone, Debug, Default)]
pub struct Links {
    links: HashMap<MovieLensId, Link>,
}

#[derive(Clone, Debug)]
pub(super) struct Link {
    pub imdb: Option<ImdbId>,
    pub tmdb: Option<TmdbId>,
    pub place: Place,
}

impl Links {
    /// Reads all of them. The first row about a movie counts.
    ///
    /// # Errors
    /// [`ImportCatalogueError`] when problems can't be written down. What is wrong with the file
    /// comes with the counts.
    pub fn read(
        rows: ImportRows<CatalogueLink>,
        observer: &mut dyn ImportObserver,
    ) -> Result<(Self, ImportCounts, Option<ImportFileError>), ImportCatalogueError> {
        let (mut links, mut counts) = (Self::default(), ImportCounts::default());
        for item in rows {
            let problem = match item {
                Err(failure) => return Ok((links, counts, Some(failure))),
                Ok(ImportItem::Row(row)) => {
                    counts.read += 1;
                    counts.added += 1;
                    links.put(row);
                    continue;
                }
                Ok(ImportItem::Skipped(_)) => {
                    counts.read += 1;
                    counts.skipped += 1;
                    continue;
                }
                Ok(ImportItem::Rejected(problem)) => {
                    counts.read += 1;
                    counts.rejected += 1;
                    problem
                }
                Ok(ImportItem::Warning(problem)) => {
                    counts.warnings += 1;
                    problem
                }
            };
            observer.problem(&problem).map_err(ImportCatalogueError::Rejects)?;
        }
        Ok((links, counts, None))
    }

    fn put(&mut self, ImportedRow { place, value }: ImportedRow<CatalogueLink>) {
        let CatalogueLink { movie, imdb, tmdb } = value;
        self.links.entry(movie).or_insert(Link { imdb, tmdb, place });
    }

    /// What is known about a movie.
    pub(super) fn of(&self, ids: &ExternalIds) -> Option<&Link> {
        self.links.get(&ids.movielens?)
    }
}
