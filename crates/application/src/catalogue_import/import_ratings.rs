use std::collections::HashMap;
use std::sync::Arc;

use super::batches::{Batch, Batches, problem};
use super::service::{ImportOutcome, ImportSet};
use super::{ImportCatalogueError, ImportCounts, ImportObserver};
use crate::ports::{
    CatalogueImporter, CatalogueRating, Clock, ImportRating, ImportRows, ImportedRow, RatingChunk,
    RatingsCheckpoint, RepositoryError, RowFault, RowProblem, StoredRatings,
};

/// The movies of a set by their numbers.
pub(super) type Numbers = Arc<HashMap<i64, i64>>;

pub(super) async fn run(
    (importer, clock): (&dyn CatalogueImporter, &dyn Clock),
    (set, at_once): (ImportSet, usize),
    rows: ImportRows<CatalogueRating>,
    (numbers, fingerprint): (Numbers, String),
    observer: &mut dyn ImportObserver,
) -> Result<ImportOutcome, ImportCatalogueError> {
    let to = match set.stored() {
        Some(set) => Some((set, importer.begin_ratings(set, fingerprint).await?)),
        None => None,
    };
    let mut counts = ImportCounts::default();
    let mut done = RatingsCheckpoint::default();
    if let Some((_, checkpoint)) = to {
        done = checkpoint;
        counts.add_stored(checkpoint.stored);
    }
    let mut failure = None;
    let mut batches = Batches::read(rows, at_once, move |row| resolve(&row, &numbers));
    while let Some(batch) = batches.next(observer).await? {
        let Batch { mut rows, counts: read, items, failure: failed, .. } = batch;
        counts.add(&read);
        counts.unchanged += leave_latest(&mut rows);
        match to {
            Some((set, _)) if items > done.items => {
                let (from, at) = (done.items, clock.now());
                let chunk = RatingChunk { set, ratings: rows, from, to: items, at };
                store(importer, chunk, &mut counts).await?;
                done.items = items;
            }
            Some(_) => {}
            None => compare(importer, set.id, rows, &mut counts).await?,
        }
        observer.stored(&counts);
        failure = failed;
    }
    if let Some((set, _)) = to {
        importer.finish_ratings(set, clock.now()).await?;
    }
    Ok(ImportOutcome { counts, failure })
}

async fn store(
    importer: &dyn CatalogueImporter,
    chunk: RatingChunk,
    counts: &mut ImportCounts,
) -> Result<(), ImportCatalogueError> {
    let sent = chunk.ratings.len() as u64;
    let stored = match importer.store_ratings(chunk).await {
        Err(RepositoryError::Stale) => return Err(ImportCatalogueError::Elsewhere),
        stored => stored?,
    };
    take(stored, sent, counts);
    Ok(())
}

/// Says what would come of a chunk. It is compared with what is stored, and not with the chunks
/// before it: all of these together take more memory than there may be.
async fn compare(
    importer: &dyn CatalogueImporter,
    set: Option<i64>,
    ratings: Vec<ImportRating>,
    counts: &mut ImportCounts,
) -> Result<(), RepositoryError> {
    let sent = ratings.len() as u64;
    let known: Vec<_> = ratings.into_iter().filter(|rating| rating.movie_id > 0).collect();
    let of_known = known.len() as u64;
    let mut compared = match set {
        Some(set) if !known.is_empty() => importer.compare_ratings(set, known).await?,
        _ => StoredRatings { added: of_known, ..StoredRatings::default() },
    };
    compared.added += sent - of_known;
    take(compared, sent, counts);
    Ok(())
}

/// What isn't in `outcome` was of movies that were removed while the file was read.
fn take(outcome: StoredRatings, sent: u64, counts: &mut ImportCounts) {
    counts.add_stored(outcome);
    let StoredRatings { added, changed, unchanged } = outcome;
    counts.rejected += sent.saturating_sub(added + changed + unchanged);
}

fn resolve(
    row: &ImportedRow<CatalogueRating>,
    numbers: &HashMap<i64, i64>,
) -> Result<ImportRating, RowProblem> {
    let CatalogueRating { rater, movie, score, rated_at } = row.value;
    match numbers.get(&movie) {
        Some(&movie_id) => {
            Ok(ImportRating { rater, movie_id, score: score.get().into(), at: rated_at.get() })
        }
        None => Err(problem(row, RowFault::UnknownMovie { number: movie })),
    }
}

/// Leaves the latest of several ratings of one movie by one rater, or the first of those that are
/// equally late; returns how many are gone. The order is that of the keys then.
fn leave_latest(ratings: &mut Vec<ImportRating>) -> u64 {
    let before = ratings.len();
    let key = |rating: &ImportRating| (rating.rater, rating.movie_id);
    ratings.sort_by(|a, b| key(a).cmp(&key(b)).then(b.at.cmp(&a.at)));
    ratings.dedup_by_key(|rating| key(rating));
    (before - ratings.len()) as u64
}

#[cfg(test)]
mod tests {
    use super::super::observer::Noted;
    use super::*;
    use crate::ports::{ImportItem, MockCatalogueImporter, Place, Position};
    use crate::testing::clock;
    use reelmark_domain::{RatedAt, Score};
    use time::OffsetDateTime;

    const SET: ImportSet = ImportSet { id: Some(1), is_trial: false };
    const LATE: OffsetDateTime = time::macros::datetime!(2026-01-01 00:00 UTC);

    fn at(seconds: i64) -> OffsetDateTime {
        OffsetDateTime::UNIX_EPOCH + time::Duration::seconds(seconds)
    }

    fn rating(rater: i64, movie: i64, score: i64, seconds: i64) -> CatalogueRating {
        let rated_at = RatedAt::new(at(seconds), LATE).unwrap();
        CatalogueRating { rater, movie, score: Score::parse(score).unwrap(), rated_at }
    }

    fn rows(ratings: Vec<CatalogueRating>) -> ImportRows<CatalogueRating> {
        let rows = ratings.into_iter().zip(2..).map(|(value, line)| {
            let place = Place { file: "ratings.csv".into(), position: Position::Line(line) };
            Ok(ImportItem::Row(ImportedRow { place, value }))
        });
        Box::new(rows)
    }

    fn importer(checkpoint: RatingsCheckpoint) -> MockCatalogueImporter {
        let mut importer = MockCatalogueImporter::new();
        importer.expect_begin_ratings().returning(move |_, _| Ok(checkpoint));
        importer.expect_finish_ratings().returning(|_, _| Ok(()));
        importer
    }

    async fn import(
        importer: &MockCatalogueImporter,
        set: ImportSet,
        ratings: Vec<CatalogueRating>,
    ) -> (Result<ImportOutcome, ImportCatalogueError>, Noted) {
        let mut observer = Noted::default();
        let numbers = Arc::new(HashMap::from([(1, 101), (2, 102)]));
        let clock = clock();
        let files = (numbers, "print".to_owned());
        let outcome =
            run((importer, &clock), (set, 100), rows(ratings), files, &mut observer).await;
        (outcome, observer)
    }

    #[tokio::test]
    async fn stores_ratings_of_known_movies_and_rejects_the_others() {
        let mut importer = importer(RatingsCheckpoint::default());
        let expected = ImportRating { rater: 7, movie_id: 102, score: 9, at: at(60) };
        importer
            .expect_store_ratings()
            .withf(move |chunk| chunk.ratings == [expected] && (chunk.from, chunk.to) == (0, 2))
            .once()
            .returning(|_| Ok(StoredRatings { added: 1, ..StoredRatings::default() }));
        let ratings = vec![rating(7, 2, 9, 60), rating(7, 3, 9, 60)];
        let (outcome, observer) = import(&importer, SET, ratings).await;
        let counts = outcome.unwrap().counts;
        assert_eq!((counts.read, counts.added, counts.rejected), (2, 1, 1));
        assert_eq!(observer.problems, ["ratings.csv, line 3, no movie has the number 3"]);
    }

    #[tokio::test]
    async fn goes_on_where_it_ended_and_counts_what_was_stored_before() {
        let stored = StoredRatings { added: 2, ..StoredRatings::default() };
        let importer = importer(RatingsCheckpoint { items: 2, stored });
        let ratings = vec![rating(7, 1, 9, 60), rating(7, 2, 9, 60)];
        let (outcome, _) = import(&importer, SET, ratings).await;
        let counts = outcome.unwrap().counts;
        assert_eq!((counts.read, counts.added), (2, 2));
    }

    #[tokio::test]
    async fn the_latest_of_several_ratings_counts() {
        let mut importer = importer(RatingsCheckpoint::default());
        importer
            .expect_store_ratings()
            .withf(|chunk| {
                let scores: Vec<i16> = chunk.ratings.iter().map(|rating| rating.score).collect();
                scores == [8, 4]
            })
            .once()
            .returning(|_| Ok(StoredRatings { added: 2, ..StoredRatings::default() }));
        let ratings = vec![
            rating(7, 2, 4, 60),
            rating(7, 1, 3, 60),
            rating(7, 1, 8, 61),
            rating(7, 1, 5, 59),
            rating(7, 2, 6, 60),
        ];
        let (outcome, _) = import(&importer, SET, ratings).await;
        let counts = outcome.unwrap().counts;
        assert_eq!((counts.read, counts.added, counts.unchanged), (5, 2, 3));
    }

    #[tokio::test]
    async fn says_that_somebody_else_imports_the_same_set() {
        let mut importer = importer(RatingsCheckpoint::default());
        importer.expect_store_ratings().returning(|_| Err(RepositoryError::Stale));
        let (outcome, _) = import(&importer, SET, vec![rating(7, 1, 9, 60)]).await;
        assert!(matches!(outcome, Err(ImportCatalogueError::Elsewhere)));
    }

    #[tokio::test]
    async fn a_trial_compares_with_what_is_stored() {
        let mut importer = MockCatalogueImporter::new();
        importer
            .expect_compare_ratings()
            .withf(|set, ratings| *set == 1 && ratings.len() == 2)
            .returning(|_, _| Ok(StoredRatings { unchanged: 1, ..StoredRatings::default() }));
        let trial = ImportSet { id: Some(1), is_trial: true };
        let ratings = vec![rating(7, 1, 9, 60), rating(7, 2, 9, 60), rating(7, 3, 9, 60)];
        let (outcome, _) = import(&importer, trial, ratings).await;
        let counts = outcome.unwrap().counts;
        assert_eq!((counts.added, counts.unchanged, counts.rejected), (0, 1, 2));
    }

    #[tokio::test]
    async fn of_a_movie_that_a_trial_would_add_there_is_no_rating_to_compare() {
        let (mut observer, clock) = (Noted::default(), clock());
        let trial = ImportSet { id: Some(1), is_trial: true };
        let files = (Arc::new(HashMap::from([(5, -5)])), String::new());
        let importer = MockCatalogueImporter::new();
        let rows = rows(vec![rating(7, 5, 9, 60)]);
        let done = run((&importer, &clock), (trial, 100), rows, files, &mut observer).await;
        assert_eq!(done.unwrap().counts.added, 1);
    }
}
