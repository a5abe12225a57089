use reelmark_domain::{
    Caller, Cursor, CursorError, Page, PageLimit, Rating, ReleaseYear, Title, Username,
};
use thiserror::Error;

use super::view_profile::visible_user;
use crate::ports::{
    CorruptRecord, ListRatings, RatingReader, RepositoryError, UserRatingRecord, UserReader,
    histogram,
};
use crate::rating::{position_after, rating_cursor};

const LIST: &str = "user ratings";

/// Somebody wants to see what a user rated.
#[derive(Clone, Debug)]
pub struct ListUserRatings {
    pub viewer: Option<Caller>,
    pub username: Username,
    pub limit: PageLimit,
    pub cursor: Option<Cursor>,
    /// Whether to count the ratings on all pages.
    pub with_total: bool,
}

/// A rating, with what was rated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UserRating {
    pub rating: Rating,
    pub title: Title,
    pub release_year: Option<ReleaseYear>,
}

/// Why somebody's ratings are not shown.
#[derive(Debug, Error)]
pub enum ListUserRatingsError {
    /// There is no such profile, or it is private: the two are not told apart.
    #[error("there is no such user")]
    UserNotFound,
    #[error(transparent)]
    Cursor(#[from] CursorError),
    #[error(transparent)]
    Store(#[from] RepositoryError),
}

pub(super) async fn run(
    users: &dyn UserReader,
    ratings: &dyn RatingReader,
    query: ListUserRatings,
) -> Result<Page<UserRating>, ListUserRatingsError> {
    let after = position_after(LIST, query.cursor.as_ref())?;
    let user = visible_user(users, query.viewer, query.username)
        .await?
        .ok_or(ListUserRatingsError::UserNotFound)?;
    let of = user.id().get();
    let list = ListRatings { of, after, limit: query.limit.get() + 1 };
    let records = ratings.list_of_user(list).await?;
    let items = records.into_iter().map(UserRating::try_from).collect::<Result<_, _>>();
    let items: Vec<UserRating> = items.map_err(RepositoryError::from)?;
    let mut page = Page::of(items, query.limit, |item: &UserRating| {
        rating_cursor(LIST, &item.rating, item.rating.movie_id().get())
    });
    if query.with_total {
        let buckets = ratings.histogram_of_user(of).await?;
        let counted = histogram(buckets).map_err(|source| {
            RepositoryError::from(CorruptRecord {
                table: "ratings",
                column: "score",
                row: of,
                source,
            })
        })?;
        page.total = Some(counted.count());
    }
    Ok(page)
}

impl TryFrom<UserRatingRecord> for UserRating {
    type Error = CorruptRecord;

    fn try_from(record: UserRatingRecord) -> Result<Self, CorruptRecord> {
        let row = record.rating.movie_id;
        let corrupt = |column| move |source| CorruptRecord { table: "movies", column, row, source };
        Ok(Self {
            rating: record.rating.try_into()?,
            title: Title::parse(&record.title).map_err(corrupt("title"))?,
            release_year: record
                .release_year
                .map(|year| ReleaseYear::from_stored(year.into()))
                .transpose()
                .map_err(corrupt("release_year"))?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ports::{MockRatingReader, MockUserReader, UserRecord};
    use crate::testing::{rating_record, user_record, username};
    use mockall::predicate::eq;

    fn users(visibility: &str) -> MockUserReader {
        let record = UserRecord { visibility: visibility.into(), ..user_record() };
        let mut users = MockUserReader::new();
        users.expect_find_by_username().returning(move |_| Ok(Some(record.clone())));
        users
    }

    fn query(limit: i64) -> ListUserRatings {
        let limit = PageLimit::parse(limit).unwrap();
        ListUserRatings {
            viewer: None,
            username: username(),
            limit,
            cursor: None,
            with_total: true,
        }
    }

    fn record() -> UserRatingRecord {
        UserRatingRecord {
            rating: rating_record(8),
            title: "Stalker".into(),
            release_year: Some(1979),
        }
    }

    #[tokio::test]
    async fn asks_for_one_more_than_fits_and_counts_on_demand() {
        let mut ratings = MockRatingReader::new();
        let list = ListRatings { of: 7, after: None, limit: 2 };
        ratings.expect_list_of_user().with(eq(list)).returning(|_| Ok(vec![record(), record()]));
        ratings.expect_histogram_of_user().returning(|_| Ok([0, 0, 0, 0, 0, 0, 0, 5, 0, 0]));
        let page = run(&users("public"), &ratings, query(1)).await.unwrap();
        assert_eq!((page.items.len(), page.next.is_some(), page.total), (1, true, Some(5)));
    }

    #[tokio::test]
    async fn hides_the_ratings_of_a_private_profile() {
        let error = run(&users("private"), &MockRatingReader::new(), query(1)).await;
        assert!(matches!(error, Err(ListUserRatingsError::UserNotFound)));
    }

    #[tokio::test]
    async fn refuses_the_cursor_of_another_list() {
        let cursor = Some(Cursor::new("movie ratings", &["1", "2"]));
        let query = ListUserRatings { cursor, ..query(1) };
        let error = run(&users("public"), &MockRatingReader::new(), query).await;
        assert!(matches!(error, Err(ListUserRatingsError::Cursor(_))));
    }
}
