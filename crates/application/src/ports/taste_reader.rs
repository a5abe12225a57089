use async_trait::async_trait;
use reelmark_domain::{MovieId, Opinion, Score, Taste, ValueError};

use super::{CorruptRecord, RepositoryError};

/// What somebody rated of late.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TasteRecord {
    pub user_id: i64,
    /// Movies and scores, the latest written first, ties by movie id descending.
    pub ratings: Vec<(i64, i16)>,
}

/// A part of all users.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ListTastes {
    /// It starts behind this user; 0 for the first part.
    pub after: i64,
    /// The greatest number of users to look at.
    pub users: usize,
    /// How many ratings of each to return at most, the latest.
    pub latest: usize,
}

/// Some users' tastes, and where to go on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TastePage {
    /// In ascending order of user; users without ratings are left out.
    pub tastes: Vec<TasteRecord>,
    /// The last user that was looked at; `None` behind the last of all.
    pub last: Option<i64>,
}

/// Reads who rated what, whatever the visibility of their profiles: for what is added up over all
/// of them, and for themselves.
#[cfg_attr(any(test, feature = "mocks"), mockall::automock)]
#[async_trait]
pub trait TasteReader: Send + Sync {
    /// The tastes of some users, ascending by id.
    async fn list(&self, list: ListTastes) -> Result<TastePage, RepositoryError>;

    /// The latest ratings of one user, at most `latest`; none for somebody who isn't there.
    async fn find(&self, user_id: i64, latest: usize) -> Result<TasteRecord, RepositoryError>;

    /// Which of these movies this user has rated, in any order.
    ///
    /// MUST know every rating that was acknowledged before.
    async fn rated_among(
        &self,
        user_id: i64,
        movie_ids: Vec<i64>,
    ) -> Result<Vec<i64>, RepositoryError>;
}

impl TryFrom<TasteRecord> for Taste {
    type Error = CorruptRecord;

    fn try_from(record: TasteRecord) -> Result<Self, CorruptRecord> {
        let corrupt = |source| CorruptRecord {
            table: "ratings",
            column: "movie_id or score",
            row: record.user_id,
            source,
        };
        let opinions = record.ratings.iter().map(|rating| opinion(*rating));
        let opinions = opinions.collect::<Result<_, _>>().map_err(corrupt)?;
        Ok(Self::new(opinions))
    }
}

fn opinion((movie, score): (i64, i16)) -> Result<Opinion, ValueError> {
    Ok(Opinion { movie: MovieId::parse(movie)?, score: Score::parse(score.into())? })
}
