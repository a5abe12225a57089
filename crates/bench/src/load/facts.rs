use anyhow::{Context, Result};
use reelmark_application::ports::InsertMovie;
use reelmark_domain::{
    AlternativeTitles, Countries, Directors, ExternalIds, Genre, Genres, MovieFacts, MovieLensId,
    ReleaseYear, Title,
};
use time::OffsetDateTime;

use crate::dataset::{Dataset, Movie};

/// When all movies were added.
const ADDED: OffsetDateTime = time::macros::datetime!(2026-01-01 00:00 UTC);

/// All movies as a store takes them, in the order of their numbers, which they carry as MovieLens
/// ids.
pub fn movies(dataset: &Dataset) -> Result<Vec<InsertMovie>> {
    dataset
        .movies()
        .map(|movie| {
            let facts = facts(&movie).with_context(|| format!("{movie:?} is no movie"))?;
            Ok(InsertMovie::new(&facts, None, ADDED))
        })
        .collect()
}

fn facts(movie: &Movie) -> Result<MovieFacts> {
    let genres = movie.genres.iter().map(|name| Genre::parse(name));
    Ok(MovieFacts {
        title: Title::parse(&movie.title)?,
        original_title: None,
        alternative_titles: AlternativeTitles::default(),
        release_year: Some(ReleaseYear::from_stored(movie.year.into())?),
        runtime: None,
        original_language: None,
        countries: Countries::default(),
        genres: Genres::new(genres.collect::<Result<_, _>>()?)?,
        directors: Directors::default(),
        synopsis: None,
        external_ids: ExternalIds {
            movielens: Some(MovieLensId::parse(movie.id.into())?),
            ..ExternalIds::default()
        },
    })
}
