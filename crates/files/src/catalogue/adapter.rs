use std::sync::Arc;

use reelmark_application::ports::{
    CatalogueFile, CatalogueFiles, CatalogueLink, CatalogueMovie, CatalogueRating, FileFault,
    ImdbTitleRating, ImportFileError, ImportRows,
};
use time::OffsetDateTime;

use super::{
    atomic_movies, atomic_ratings, imdb_title_ratings, imdb_titles, movielens_links,
    movielens_movies, movielens_ratings, own_movies, own_ratings,
};
use crate::input::Text;
use crate::table::{Form, Table, recognise};

/// Reads catalogues and ratings of MovieLens, IMDb and this service.
#[derive(Clone, Copy, Debug, Default)]
pub struct ForeignCatalogueFiles;

/// How the rows of one format are read.
pub(super) type Read<T> = fn(Table, OffsetDateTime) -> Result<ImportRows<T>, ImportFileError>;

const RATINGS: [Form<Read<CatalogueRating>>; 3] =
    [movielens_ratings::FORM, atomic_ratings::FORM, own_ratings::FORM];

const MOVIES: [Form<Read<CatalogueMovie>>; 4] =
    [movielens_movies::FORM, atomic_movies::FORM, imdb_titles::FORM, own_movies::FORM];

const LINKS: [Form<Read<CatalogueLink>>; 1] = [movielens_links::FORM];

const TITLE_RATINGS: [Form<Read<ImdbTitleRating>>; 1] = [imdb_title_ratings::FORM];

impl CatalogueFiles for ForeignCatalogueFiles {
    fn ratings(&self, file: CatalogueFile) -> Result<ImportRows<CatalogueRating>, ImportFileError> {
        read(file, &RATINGS)
    }

    fn movies(&self, file: CatalogueFile) -> Result<ImportRows<CatalogueMovie>, ImportFileError> {
        read(file, &MOVIES)
    }

    fn links(&self, file: CatalogueFile) -> Result<ImportRows<CatalogueLink>, ImportFileError> {
        read(file, &LINKS)
    }

    fn title_ratings(
        &self,
        file: CatalogueFile,
    ) -> Result<ImportRows<ImdbTitleRating>, ImportFileError> {
        read(file, &TITLE_RATINGS)
    }
}

fn read<T>(file: CatalogueFile, forms: &[Form<Read<T>>]) -> Result<ImportRows<T>, ImportFileError> {
    let name: Arc<str> = file.name.into();
    let failed = |fault: FileFault| ImportFileError { file: name.clone(), position: None, fault };
    let text = Text::open(file.content).map_err(failed)?;
    let (read, dialect) = recognise(text.head(), forms).map_err(failed)?;
    read(Table::open(name.clone(), text, dialect)?, file.now)
}
