use std::collections::HashSet;

use super::batches::{Batch, Batches};
use super::plan::{Plan, linked, wanted};
use super::service::{ImportOutcome, ImportSet};
use super::{ImportCatalogueError, ImportCounts, ImportObserver, Links};
use crate::ports::{
    CatalogueImporter, CatalogueMovie, Clock, ImportRows, ImportedRow, RepositoryError,
};

/// How many rows one transaction stores.
const AT_ONCE: usize = 2_000;

/// How often a chunk is looked at again because somebody else has added or changed one of its
/// movies meanwhile.
const TRIES: usize = 5;

/// The id of a set that a trial doesn't make; no movie has a number in it.
const NO_SET: i64 = 0;

type Row = ImportedRow<CatalogueMovie>;

/// Returns what came of it, and in a trial the numbers of the movies that would be there.
pub(super) async fn run(
    (importer, clock): (&dyn CatalogueImporter, &dyn Clock),
    set: ImportSet,
    rows: ImportRows<CatalogueMovie>,
    links: &Links,
    observer: &mut dyn ImportObserver,
) -> Result<(ImportOutcome, HashSet<i64>), ImportCatalogueError> {
    let (mut counts, mut numbers, mut failure) = (ImportCounts::default(), HashSet::new(), None);
    let mut batches = Batches::read(rows, AT_ONCE, Ok);
    while let Some(batch) = batches.next(observer).await? {
        let Batch { rows, counts: read, failure: failed, .. } = batch;
        counts.add(&read);
        let plan = store(importer, clock, set, &rows, links).await?;
        counts.add(&plan.counts);
        for problem in &plan.problems {
            observer.problem(problem).map_err(ImportCatalogueError::Rejects)?;
        }
        if set.is_trial {
            numbers.extend(rows.iter().filter_map(|row| row.value.number));
        }
        observer.stored(&counts);
        failure = failed;
    }
    Ok((ImportOutcome { counts, failure }, numbers))
}

async fn store(
    importer: &dyn CatalogueImporter,
    clock: &dyn Clock,
    set: ImportSet,
    rows: &[Row],
    links: &Links,
) -> Result<Plan, ImportCatalogueError> {
    let rows = linked(rows, links);
    for tries in 1.. {
        let known = match rows.is_empty() {
            true => vec![],
            false => importer.find_movies(wanted(set.id, &rows)).await?,
        };
        let plan = Plan::of(set.id.unwrap_or(NO_SET), &rows, known, clock.now());
        if set.is_trial || plan.chunk.is_empty() {
            return Ok(plan);
        }
        match importer.store_movies(plan.chunk.clone()).await {
            Err(RepositoryError::Conflict(_) | RepositoryError::Stale) if tries < TRIES => {}
            stored => return Ok(stored.map(|()| plan)?),
        }
    }
    Err(ImportCatalogueError::Elsewhere)
}

#[cfg(test)]
mod tests {
    use super::super::observer::Noted;
    use super::*;
    use crate::ports::{
        FileFault, ImportFileError, ImportItem, ImportedMovieRecord, MockCatalogueImporter, Place,
        Position, UniqueKey,
    };
    use crate::testing::{clock, facts};

    const SET: ImportSet = ImportSet { id: Some(1), is_trial: false };

    fn rows(count: i64, failure: Option<FileFault>) -> ImportRows<CatalogueMovie> {
        let rows = (1..=count).map(|number| {
            let place = Place { file: "movies.csv".into(), position: Position::Line(2) };
            let facts = facts("Emma");
            let value = CatalogueMovie { number: Some(number), facts };
            Ok(ImportItem::Row(ImportedRow { place, value }))
        });
        let end = failure
            .map(|fault| Err(ImportFileError { file: "movies.csv".into(), position: None, fault }));
        Box::new(rows.chain(end).collect::<Vec<_>>().into_iter())
    }

    async fn import(
        importer: MockCatalogueImporter,
        set: ImportSet,
        rows: ImportRows<CatalogueMovie>,
    ) -> (ImportOutcome, Noted) {
        let (mut observer, links) = (Noted::default(), Links::default());
        let clock = clock();
        let done = run((&importer, &clock), set, rows, &links, &mut observer);
        (done.await.unwrap().0, observer)
    }

    #[tokio::test]
    async fn stores_chunk_by_chunk_and_tells_of_each() {
        let mut importer = MockCatalogueImporter::new();
        importer.expect_find_movies().returning(|_| Ok(vec![]));
        importer
            .expect_store_movies()
            .withf(|chunk| chunk.movies.len() <= AT_ONCE)
            .times(3)
            .returning(|_| Ok(()));
        let (outcome, observer) = import(importer, SET, rows(4_200, None)).await;
        assert_eq!((outcome.counts.read, outcome.counts.added), (4_200, 4_200));
        let added: Vec<u64> = observer.stored.iter().map(|counts| counts.added).collect();
        assert_eq!(added, [2_000, 4_000, 4_200]);
    }

    #[tokio::test]
    async fn looks_again_when_somebody_else_was_faster() {
        let mut importer = MockCatalogueImporter::new();
        let found = ImportedMovieRecord {
            id: 42,
            number: Some(1),
            title_key: "emma".into(),
            release_year: None,
            imdb_id: None,
            tmdb_id: None,
            movielens_id: None,
        };
        let mut answers = vec![vec![found], vec![]];
        importer.expect_find_movies().returning(move |_| Ok(answers.pop().unwrap()));
        importer
            .expect_store_movies()
            .once()
            .returning(|_| Err(RepositoryError::Conflict(UniqueKey::ImdbId)));
        let (outcome, _) = import(importer, SET, rows(1, None)).await;
        assert_eq!((outcome.counts.added, outcome.counts.unchanged), (0, 1));
    }

    #[tokio::test]
    async fn stores_what_comes_before_the_fault_of_a_file() {
        let mut importer = MockCatalogueImporter::new();
        importer.expect_find_movies().returning(|_| Ok(vec![]));
        importer.expect_store_movies().once().returning(|_| Ok(()));
        let (outcome, _) = import(importer, SET, rows(2, Some(FileFault::Truncated))).await;
        assert_eq!(outcome.counts.added, 2);
        assert!(matches!(outcome.failure.unwrap().fault, FileFault::Truncated));
    }

    #[tokio::test]
    async fn a_trial_stores_nothing() {
        let mut importer = MockCatalogueImporter::new();
        importer.expect_find_movies().returning(|_| Ok(vec![]));
        let trial = ImportSet { id: None, is_trial: true };
        let (outcome, _) = import(importer, trial, rows(2, None)).await;
        assert_eq!(outcome.counts.added, 2);
    }
}
