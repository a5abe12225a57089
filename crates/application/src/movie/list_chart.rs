use reelmark_domain::{Cursor, Genre, Page, PageLimit, ReleaseYear, least_trend};
use time::OffsetDateTime;

use super::ListMoviesError;
use super::list_movies::{page_of, position_of};
use crate::caching::{MovieViews, PageKey, ShownMoviePage};
use crate::ports::{Clock, MovieDetails, MovieFilter, MovieReader, MovieSort};

/// A list of the movies that stand out in some way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Chart {
    /// The greatest weighted scores.
    TopRated,
    /// The most ratings.
    MostRated,
    /// The most ratings of late.
    Trending,
}

/// Somebody looks at a chart.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ListChart {
    pub chart: Chart,
    pub genre: Option<Genre>,
    pub year_from: Option<ReleaseYear>,
    pub year_to: Option<ReleaseYear>,
    pub limit: PageLimit,
    pub cursor: Option<Cursor>,
    /// Whether to count the movies on all pages.
    pub with_total: bool,
}

impl Chart {
    fn sort(self) -> MovieSort {
        match self {
            Self::TopRated => MovieSort::WeightedScore,
            Self::MostRated => MovieSort::RatingCount,
            Self::Trending => MovieSort::Trend,
        }
    }
}

pub(super) async fn run(
    movies: &MovieViews,
    clock: &dyn Clock,
    query: ListChart,
) -> Result<ShownMoviePage, ListMoviesError> {
    movies.page(PageKey::Chart(query.clone()), || list(movies.reader(), query, clock.now())).await
}

/// Movies nobody has rated are on no chart, and those nobody has rated of late are not trending.
async fn list(
    movies: &dyn MovieReader,
    query: ListChart,
    now: OffsetDateTime,
) -> Result<Page<MovieDetails>, ListMoviesError> {
    let sort = query.chart.sort();
    let filter = MovieFilter {
        genre_keys: query.genre.iter().map(Genre::key).collect(),
        year_from: query.year_from.map(ReleaseYear::get),
        year_to: query.year_to.map(ReleaseYear::get),
        min_ratings: 1,
        min_trend: (query.chart == Chart::Trending).then(|| least_trend(now)),
        after: query.cursor.map(|cursor| position_of(sort, &cursor)).transpose()?,
        ..MovieFilter::all(sort, query.limit.get() + 1)
    };
    page_of(movies, filter, query.limit, query.with_total).await
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ports::MockMovieReader;
    use crate::testing::{NOW, clock, views_of};

    async fn lists(chart: Chart, sort: MovieSort) {
        let mut movies = MockMovieReader::new();
        let is_chart = move |filter: &MovieFilter| {
            let least = (sort == MovieSort::Trend).then(|| least_trend(NOW));
            let is_rated = filter.min_ratings == 1 && filter.min_trend == least;
            filter.sort == sort && is_rated && filter.genre_keys == ["film noir"]
        };
        movies.expect_list().withf(is_chart).once().returning(|_| Ok(vec![]));
        let query = ListChart {
            chart,
            genre: Genre::parse("Film-Noir").ok(),
            year_from: None,
            year_to: None,
            limit: PageLimit::default(),
            cursor: None,
            with_total: false,
        };
        assert!(run(&views_of(movies), &clock(), query).await.unwrap().items.is_empty());
    }

    #[tokio::test]
    async fn every_chart_lists_rated_movies_in_its_order() {
        lists(Chart::TopRated, MovieSort::WeightedScore).await;
        lists(Chart::MostRated, MovieSort::RatingCount).await;
        lists(Chart::Trending, MovieSort::Trend).await;
    }
}
