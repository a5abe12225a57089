use reelmark_domain::{Cursor, Genre, Page, PageLimit, ReleaseYear};

use super::ListMoviesError;
use super::list_movies::{page_of, position_of};
use crate::ports::{MovieDetails, MovieFilter, MovieReader, MovieSort};

/// Somebody wants to know the best movies.
#[derive(Clone, Debug, Default)]
pub struct ListTopRated {
    pub genre: Option<Genre>,
    pub year_from: Option<ReleaseYear>,
    pub year_to: Option<ReleaseYear>,
    pub limit: PageLimit,
    pub cursor: Option<Cursor>,
    /// Whether to count the movies on all pages.
    pub with_total: bool,
}

/// Movies nobody has rated are not on the chart.
pub(super) async fn run(
    movies: &dyn MovieReader,
    query: ListTopRated,
) -> Result<Page<MovieDetails>, ListMoviesError> {
    let sort = MovieSort::WeightedScore;
    let filter = MovieFilter {
        search: None,
        genre_key: query.genre.map(|genre| genre.key()),
        year_from: query.year_from.map(ReleaseYear::get),
        year_to: query.year_to.map(ReleaseYear::get),
        min_ratings: 1,
        sort,
        after: query.cursor.map(|cursor| position_of(sort, &cursor)).transpose()?,
        limit: query.limit.get() + 1,
    };
    page_of(movies, filter, query.limit, query.with_total).await
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ports::MockMovieReader;

    #[tokio::test]
    async fn lists_rated_movies_by_weighted_score() {
        let mut movies = MockMovieReader::new();
        let is_chart = |filter: &MovieFilter| {
            filter.sort == MovieSort::WeightedScore
                && filter.min_ratings == 1
                && filter.genre_key.as_deref() == Some("film noir")
        };
        movies.expect_list().withf(is_chart).once().returning(|_| Ok(vec![]));
        let query =
            ListTopRated { genre: Genre::parse("Film-Noir").ok(), ..ListTopRated::default() };
        assert!(run(&movies, query).await.unwrap().items.is_empty());
    }
}
