use reelmark_domain::{
    Cursor, CursorError, DisplayName, MovieId, Page, PageLimit, Rating, Username,
};
use thiserror::Error;

use super::{position_after, rating_cursor};
use crate::caching::MovieViews;
use crate::ports::{CorruptRecord, ListRatings, MovieRatingRecord, RatingReader, RepositoryError};

const LIST: &str = "movie ratings";

/// Somebody wants to see what others think of a movie.
#[derive(Clone, Debug)]
pub struct ListMovieRatings {
    pub movie_id: MovieId,
    pub limit: PageLimit,
    pub cursor: Option<Cursor>,
    /// Whether to count the ratings on all pages.
    pub with_total: bool,
}

/// A rating, with who gave it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MovieRating {
    pub rating: Rating,
    pub username: Username,
    pub display_name: Option<DisplayName>,
}

/// Why a movie's ratings are not shown.
#[derive(Debug, Error)]
pub enum ListMovieRatingsError {
    #[error("there is no such movie")]
    MovieNotFound,
    #[error(transparent)]
    Cursor(#[from] CursorError),
    #[error(transparent)]
    Store(#[from] RepositoryError),
}

pub(super) async fn run(
    ratings: &dyn RatingReader,
    movies: &MovieViews,
    query: ListMovieRatings,
) -> Result<Page<MovieRating>, ListMovieRatingsError> {
    let after = position_after(LIST, query.cursor.as_ref())?;
    let of = query.movie_id.get();
    movies.find(of).await?.ok_or(ListMovieRatingsError::MovieNotFound)?;
    let list = ListRatings { of, after, limit: query.limit.get() + 1 };
    let records = ratings.list_of_movie(list).await?;
    let items = records.into_iter().map(MovieRating::try_from).collect::<Result<_, _>>();
    let items: Vec<MovieRating> = items.map_err(RepositoryError::from)?;
    let mut page = Page::of(items, query.limit, |item: &MovieRating| {
        rating_cursor(LIST, &item.rating, item.rating.user_id().get())
    });
    if query.with_total {
        page.total = Some(ratings.count_of_movie(of).await?);
    }
    Ok(page)
}

impl TryFrom<MovieRatingRecord> for MovieRating {
    type Error = CorruptRecord;

    fn try_from(record: MovieRatingRecord) -> Result<Self, CorruptRecord> {
        let row = record.rating.user_id;
        let corrupt = |column| move |source| CorruptRecord { table: "users", column, row, source };
        Ok(Self {
            rating: record.rating.try_into()?,
            username: Username::parse(&record.username).map_err(corrupt("username"))?,
            display_name: record
                .display_name
                .as_deref()
                .map(DisplayName::parse)
                .transpose()
                .map_err(corrupt("display_name"))?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ports::{MockMovieReader, MockRatingReader, RatingPosition};
    use crate::testing::{details_record, movie_id, rating_record, views_of};
    use mockall::predicate::eq;

    fn query(cursor: Option<Cursor>) -> ListMovieRatings {
        let limit = PageLimit::parse(1).unwrap();
        ListMovieRatings { movie_id: movie_id(), limit, cursor, with_total: false }
    }

    fn movies(is_known: bool) -> MovieViews {
        let mut movies = MockMovieReader::new();
        movies.expect_find().returning(move |_| Ok(is_known.then(details_record)));
        views_of(movies)
    }

    fn record() -> MovieRatingRecord {
        MovieRatingRecord { rating: rating_record(8), username: "Ada".into(), display_name: None }
    }

    #[tokio::test]
    async fn goes_on_behind_the_last_rating_of_the_page_before() {
        let mut ratings = MockRatingReader::new();
        ratings.expect_list_of_movie().returning(|_| Ok(vec![record(), record()]));
        let first = run(&ratings, &movies(true), query(None)).await.unwrap();
        let mut ratings = MockRatingReader::new();
        let after = Some(RatingPosition { updated_at_micros: 0, id: 7 });
        let list = ListRatings { of: 42, after, limit: 2 };
        ratings.expect_list_of_movie().with(eq(list)).returning(|_| Ok(vec![]));
        let last = run(&ratings, &movies(true), query(first.next)).await.unwrap();
        assert_eq!((last.items.len(), last.next), (0, None));
    }

    #[tokio::test]
    async fn says_when_there_is_no_such_movie() {
        let error = run(&MockRatingReader::new(), &movies(false), query(None)).await;
        assert!(matches!(error, Err(ListMovieRatingsError::MovieNotFound)));
    }
}
