use std::sync::Arc;

use reelmark_domain::{
    Country, Cursor, CursorError, Genre, Language, Page, PageLimit, ReleaseYear, Runtime, UserId,
};
use thiserror::Error;

use crate::caching::{MovieViews, PageKey, Shown, ShownMoviePage};
use crate::ports::{
    ListedMovieRecord, MovieDetails, MovieFilter, MoviePosition, MovieReader, MovieSort,
    RatedFilter, RepositoryError, SearchTerms,
};

/// Somebody looks through the catalogue.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct ListMovies {
    /// A title or a part of one, as typed.
    pub query: Option<String>,
    /// Every movie has all of them.
    pub genres: Vec<Genre>,
    pub year_from: Option<ReleaseYear>,
    pub year_to: Option<ReleaseYear>,
    pub runtime_from: Option<Runtime>,
    pub runtime_to: Option<Runtime>,
    pub language: Option<Language>,
    pub country: Option<Country>,
    /// The least number of ratings.
    pub min_ratings: u32,
    pub rated_by: Option<RatedBy>,
    /// Without one, best match first for a search and by title otherwise.
    pub sort: Option<MovieSort>,
    pub limit: PageLimit,
    pub cursor: Option<Cursor>,
    /// Whether to count the movies on all pages.
    pub with_total: bool,
}

/// Whether somebody has rated a movie.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct RatedBy {
    pub user_id: UserId,
    pub has_rated: bool,
}

impl ListMovies {
    /// The greatest number of genres that one list asks for.
    pub const MAX_GENRES: usize = 5;
}

/// Why a list is not shown.
#[derive(Debug, Error)]
pub enum ListMoviesError {
    /// Relevance to what? A sort by relevance needs a search text with a letter or digit.
    #[error("relevance needs a query")]
    RelevanceWithoutQuery,
    #[error(transparent)]
    Cursor(#[from] CursorError),
    #[error(transparent)]
    Store(#[from] RepositoryError),
}

pub(super) async fn run(
    movies: &MovieViews,
    query: ListMovies,
) -> Result<ShownMoviePage, ListMoviesError> {
    if query.rated_by.is_some() {
        // What one person rated is nobody else's to see.
        return Ok(Arc::new(Shown::new(list(movies.reader(), query).await?)));
    }
    movies.page(PageKey::Catalogue(query.clone()), || list(movies.reader(), query)).await
}

async fn list(
    movies: &dyn MovieReader,
    query: ListMovies,
) -> Result<Page<MovieDetails>, ListMoviesError> {
    let (limit, with_total) = (query.limit, query.with_total);
    let is_search = query.query.is_some();
    let filter = filter_of(query)?;
    if is_search && filter.search.is_none() {
        // Nothing but punctuation was searched for, which no title can match.
        return Ok(Page { items: vec![], next: None, total: with_total.then_some(0) });
    }
    page_of(movies, filter, limit, with_total).await
}

/// Reads one page of any list of movies.
pub(super) async fn page_of(
    movies: &dyn MovieReader,
    filter: MovieFilter,
    limit: PageLimit,
    with_total: bool,
) -> Result<Page<MovieDetails>, ListMoviesError> {
    let list = list_name(filter.sort);
    let total = if with_total { Some(movies.count(filter.clone()).await?) } else { None };
    let records = movies.list(filter).await?;
    let page = Page::of(records, limit, |record: &ListedMovieRecord| {
        cursor_behind(list, &record.position)
    });
    let items = page.items.into_iter().map(|record| MovieDetails::try_from(record.details));
    let items = items.collect::<Result<_, _>>().map_err(RepositoryError::from)?;
    Ok(Page { items, next: page.next, total })
}

fn filter_of(query: ListMovies) -> Result<MovieFilter, ListMoviesError> {
    let search = query.query.as_deref().and_then(SearchTerms::of);
    let sort = sort_of(query.sort, search.is_some())?;
    Ok(MovieFilter {
        search,
        genre_keys: query.genres.iter().map(Genre::key).collect(),
        year_from: query.year_from.map(ReleaseYear::get),
        year_to: query.year_to.map(ReleaseYear::get),
        runtime_from: query.runtime_from.map(Runtime::minutes),
        runtime_to: query.runtime_to.map(Runtime::minutes),
        language: query.language.map(String::from),
        country: query.country.map(String::from),
        min_ratings: query.min_ratings.into(),
        rated: query
            .rated_by
            .map(|rated| RatedFilter { user_id: rated.user_id.get(), has_rated: rated.has_rated }),
        after: query.cursor.map(|cursor| position_of(sort, &cursor)).transpose()?,
        ..MovieFilter::all(sort, query.limit.get() + 1)
    })
}

fn sort_of(asked: Option<MovieSort>, is_search: bool) -> Result<MovieSort, ListMoviesError> {
    match asked {
        Some(MovieSort::Relevance) if !is_search => Err(ListMoviesError::RelevanceWithoutQuery),
        Some(sort) => Ok(sort),
        None if is_search => Ok(MovieSort::Relevance),
        None => Ok(MovieSort::Title),
    }
}

/// The cursor carries the sort order in its name, so that it can't be used with another.
fn list_name(sort: MovieSort) -> &'static str {
    match sort {
        MovieSort::Title => "movies by title",
        MovieSort::ReleaseYear => "movies by release year",
        MovieSort::WeightedScore => "movies by weighted score",
        MovieSort::RatingCount => "movies by rating count",
        MovieSort::Trend => "movies by trend",
        MovieSort::Added => "movies by time added",
        MovieSort::Relevance => "movies by relevance",
    }
}

fn cursor_behind(list: &str, position: &MoviePosition) -> Cursor {
    let keys = match position {
        MoviePosition::Title(key, id) => vec![key.clone(), id.to_string()],
        MoviePosition::Number(number, id) => vec![number.to_string(), id.to_string()],
        MoviePosition::Relevance(keys) => keys.iter().map(i64::to_string).collect(),
    };
    Cursor::new(list, &keys.iter().map(String::as_str).collect::<Vec<_>>())
}

pub(super) fn position_of(sort: MovieSort, cursor: &Cursor) -> Result<MoviePosition, CursorError> {
    let list = list_name(sort);
    match sort {
        MovieSort::Title => {
            let [key, id] = cursor.keys(list)?;
            Ok(MoviePosition::Title(key.to_owned(), Cursor::read(id)?))
        }
        MovieSort::Relevance => {
            let keys = cursor.keys::<5>(list)?;
            let mut position = [0; 5];
            for (place, key) in position.iter_mut().zip(keys) {
                *place = Cursor::read(key)?;
            }
            Ok(MoviePosition::Relevance(position))
        }
        _ => {
            let [number, id] = cursor.keys(list)?;
            let number: f64 = Cursor::read(number)?;
            if !number.is_finite() {
                return Err(CursorError);
            }
            Ok(MoviePosition::Number(number, Cursor::read(id)?))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ports::MockMovieReader;
    use crate::testing::{details_record, views_of};

    fn record(position: MoviePosition) -> ListedMovieRecord {
        ListedMovieRecord { details: details_record(), position }
    }

    #[test]
    fn searches_by_relevance_and_browses_by_title() {
        let search = ListMovies { query: Some("Amélie!".into()), ..ListMovies::default() };
        let filter = filter_of(search).unwrap();
        assert_eq!(filter.sort, MovieSort::Relevance);
        assert_eq!(filter.search.map(|terms| terms.key), Some("amelie".into()));
        assert_eq!(filter_of(ListMovies::default()).unwrap().sort, MovieSort::Title);
    }

    #[test]
    fn an_inverted_article_is_put_in_front() {
        let search = ListMovies { query: Some("Matrix, The".into()), ..ListMovies::default() };
        let terms = filter_of(search).unwrap().search;
        assert_eq!(terms.map(|terms| terms.key), Some("the matrix".into()));
    }

    #[tokio::test]
    async fn what_somebody_rated_is_listed_for_them_alone() {
        let mut movies = MockMovieReader::new();
        movies.expect_list().times(4).returning(|filter| match filter.rated {
            Some(RatedFilter { user_id: 7, has_rated: true }) => {
                Ok(vec![record(MoviePosition::Title("a".into(), 1))])
            }
            _ => Ok(vec![]),
        });
        let views = views_of(movies);
        let list = |id, has_rated| {
            let user_id = UserId::parse(id).unwrap();
            let rated_by = Some(RatedBy { user_id, has_rated });
            run(&views, ListMovies { rated_by, ..ListMovies::default() })
        };
        for (id, has_rated, found) in [(7, true, 1), (8, true, 0), (7, false, 0), (7, true, 1)] {
            assert_eq!(list(id, has_rated).await.unwrap().items.len(), found);
        }
    }

    #[tokio::test]
    async fn finds_nothing_by_a_text_without_letters() {
        let query =
            ListMovies { query: Some("?!".into()), with_total: true, ..ListMovies::default() };
        let page = run(&views_of(MockMovieReader::new()), query).await.unwrap();
        assert_eq!((page.items.len(), page.total), (0, Some(0)));
    }

    #[tokio::test]
    async fn has_no_relevance_without_a_search() {
        let query = ListMovies { sort: Some(MovieSort::Relevance), ..ListMovies::default() };
        let error = run(&views_of(MockMovieReader::new()), query).await;
        assert!(matches!(error, Err(ListMoviesError::RelevanceWithoutQuery)));
    }

    #[test]
    fn every_position_survives_its_cursor() {
        let positions = [
            (MovieSort::Title, MoviePosition::Title("stalker".into(), 42)),
            (MovieSort::WeightedScore, MoviePosition::Number(7.0 / 3.0, 42)),
            (MovieSort::Relevance, MoviePosition::Relevance([1, 0, -5, 7, 42])),
        ];
        for (sort, position) in positions {
            let cursor = cursor_behind(list_name(sort), &position);
            assert_eq!(position_of(sort, &cursor), Ok(position));
        }
    }

    #[tokio::test]
    async fn a_cursor_fits_the_order_it_was_made_for() {
        let cursor =
            cursor_behind(list_name(MovieSort::Title), &MoviePosition::Title("a".into(), 1));
        let query = ListMovies {
            sort: Some(MovieSort::Added),
            cursor: Some(cursor),
            ..ListMovies::default()
        };
        let error = run(&views_of(MockMovieReader::new()), query).await;
        assert!(matches!(error, Err(ListMoviesError::Cursor(_))));
    }

    #[tokio::test]
    async fn counts_on_demand_and_names_the_next_page() {
        let mut movies = MockMovieReader::new();
        movies.expect_count().once().returning(|_| Ok(9));
        movies.expect_list().withf(|filter| filter.limit == 2).returning(|_| {
            Ok(vec![
                record(MoviePosition::Title("a".into(), 1)),
                record(MoviePosition::Title("b".into(), 2)),
            ])
        });
        let limit = PageLimit::parse(1).unwrap();
        let query = ListMovies { limit, with_total: true, ..ListMovies::default() };
        let page = run(&views_of(movies), query).await.unwrap();
        assert_eq!((page.items.len(), page.total), (1, Some(9)));
        assert_eq!(page.next, Some(Cursor::new("movies by title", &["a", "1"])));
    }
}
