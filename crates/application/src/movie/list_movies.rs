use reelmark_domain::{
    Cursor, CursorError, Genre, Page, PageLimit, ReleaseYear, search_key, search_trigrams,
};
use thiserror::Error;

use crate::ports::{
    ListedMovieRecord, MovieDetails, MovieFilter, MoviePosition, MovieReader, MovieSort,
    RepositoryError, SearchTerms,
};

/// Somebody looks through the catalogue.
#[derive(Clone, Debug, Default)]
pub struct ListMovies {
    /// A title or a part of one, as typed.
    pub query: Option<String>,
    pub genre: Option<Genre>,
    pub year_from: Option<ReleaseYear>,
    pub year_to: Option<ReleaseYear>,
    /// The least number of ratings.
    pub min_ratings: u32,
    /// Without one, best match first for a search and by title otherwise.
    pub sort: Option<MovieSort>,
    pub limit: PageLimit,
    pub cursor: Option<Cursor>,
    /// Whether to count the movies on all pages.
    pub with_total: bool,
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
    movies: &dyn MovieReader,
    query: ListMovies,
) -> Result<Page<MovieDetails>, ListMoviesError> {
    let (limit, with_total) = (query.limit, query.with_total);
    let filter = filter_of(query)?;
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
    let total = if with_total {
        Some(movies.count(filter.clone()).await?)
    } else {
        None
    };
    let records = movies.list(filter).await?;
    let page = Page::of(records, limit, |record: &ListedMovieRecord| {
        cursor_behind(list, &record.position)
    });
    let items = page
        .items
        .into_iter()
        .map(|record| MovieDetails::try_from(record.details));
    let items = items
        .collect::<Result<_, _>>()
        .map_err(RepositoryError::from)?;
    Ok(Page {
        items,
        next: page.next,
        total,
    })
}

fn filter_of(query: ListMovies) -> Result<MovieFilter, ListMoviesError> {
    let search = query
        .query
        .as_deref()
        .map(search_key)
        .filter(|key| !key.is_empty());
    let search = search.map(|key| SearchTerms {
        trigrams: search_trigrams(&key),
        key,
    });
    let sort = sort_of(query.sort, search.is_some())?;
    Ok(MovieFilter {
        search,
        genre_key: query.genre.map(|genre| genre.key()),
        year_from: query.year_from.map(ReleaseYear::get),
        year_to: query.year_to.map(ReleaseYear::get),
        min_ratings: query.min_ratings.into(),
        sort,
        after: query
            .cursor
            .map(|cursor| position_of(sort, &cursor))
            .transpose()?,
        limit: query.limit.get() + 1,
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
