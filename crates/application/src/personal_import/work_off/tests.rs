use super::*;
use crate::ports::{
    FileFault, ImportCounts, ImportedRow, MockMovieReader, MockPersonalImportRepository,
    MockPersonalRatingsFiles, Place, Position, PutImportRow, RowFault, RowFinding, RowProblem,
    SkipReason, SkippedRow,
};
use crate::testing::{NOW, candidate_record, clock, import_record};
use mockall::predicate::eq;
use reelmark_domain::{ExternalIds, MovieReference, ReleaseYear, Score, Title, ValueError};
use std::sync::Mutex;

type Item = Result<ImportItem<PersonalRating>, ImportFileError>;
type Stored = Arc<Mutex<Vec<PutImportRow>>>;

fn place(line: usize) -> Place {
    Place { file: "ratings.csv".into(), position: Position::Line(line as u64) }
}

fn rating(line: usize, title: &str, year: i64) -> Item {
    let titles = vec![Title::parse(title).unwrap()];
    let year = ReleaseYear::from_stored(year).ok();
    let movie = MovieReference::new(titles, year, ExternalIds::default()).unwrap();
    let value =
        PersonalRating { movie, score: Score::parse(8).unwrap(), review: None, rated_at: None };
    Ok(ImportItem::Row(ImportedRow { place: place(line), value }))
}

fn problem(line: usize) -> RowProblem {
    let error = ValueError::OutOfRange { min: 1, max: 10, actual: 11 };
    RowProblem { place: place(line), fault: RowFault::Field { field: "rating".into(), error } }
}

fn cut_off() -> ImportFileError {
    ImportFileError { file: "ratings.csv".into(), position: None, fault: FileFault::Truncated }
}

fn file(items: impl Fn() -> Vec<Item> + Send + Sync + 'static) -> MockPersonalRatingsFiles {
    let mut files = MockPersonalRatingsFiles::new();
    files.expect_open().returning(move |_| {
        let rows = Box::new(items().into_iter());
        Ok(OpenedRatings { format: PersonalFormat::LetterboxdCsv, rows })
    });
    files
}

/// A catalogue with one "Up" and two of "Heat".
fn movies() -> MockMovieReader {
    let mut movies = MockMovieReader::new();
    movies.expect_list_candidates().returning(|_| {
        let two = [candidate_record(2, "Heat", 1995), candidate_record(3, "Heat", 1995)];
        Ok([vec![candidate_record(1, "Up", 2009)], two.to_vec()].concat())
    });
    movies
}

/// Hands out a file and takes rows.
fn imports() -> (MockPersonalImportRepository, Stored) {
    let stored = Stored::default();
    let (mut imports, seen) = (MockPersonalImportRepository::new(), stored.clone());
    imports.expect_content().returning(|_| Ok(Some(vec![1])));
    imports.expect_put_rows().returning(move |rows| {
        assert_eq!((rows.format.as_str(), rows.now), ("letterboxd_csv", NOW));
        seen.lock().unwrap().extend(rows.rows);
        Ok(true)
    });
    (imports, stored)
}

async fn work(
    imports: MockPersonalImportRepository,
    files: MockPersonalRatingsFiles,
    done: i64,
) -> Progress {
    let importing = Importing {
        imports: Arc::new(imports),
        files: Arc::new(files),
        movies: Arc::new(movies()),
    };
    let counts = ImportCounts { imported: done, ..ImportCounts::default() };
    let import = PersonalImportRecord { counts, claimed_at: Some(NOW), ..import_record() };
    work_off(&importing, &clock(), import).await.unwrap()
}

#[tokio::test]
async fn every_row_comes_to_a_finding() {
    let (mut imports, stored) = imports();
    imports
        .expect_finish()
        .with(eq(import_record().hold()), eq(NOW))
        .once()
        .returning(|_, _| Ok(true));
    let skipped = || SkippedRow { place: place(5), reason: SkipReason::NotRated };
    let files = file(move || {
        vec![
            Ok(ImportItem::Warning(problem(2))),
            rating(2, "UP", 2009),
            rating(3, "Heat", 1995),
            rating(4, "Alien", 1979),
            Ok(ImportItem::Skipped(skipped())),
            Ok(ImportItem::Rejected(problem(6))),
        ]
    });

    assert_eq!(work(imports, files, 0).await, Progress::Over);

    let rows = stored.lock().unwrap();
    let outcomes: Vec<_> = rows
        .iter()
        .map(|row| match &row.finding {
            RowFinding::Rating { rating, confidence } => {
                format!("{} {confidence}", rating.movie_id)
            }
            RowFinding::Nothing { outcome, .. } => outcome.clone(),
        })
        .collect();
    assert_eq!(outcomes, ["1 high", "ambiguous", "unmatched", "skipped", "invalid"]);
    let numbers: Vec<_> = rows.iter().map(|row| row.number).collect();
    assert_eq!(numbers, [1, 2, 3, 4, 5]);
    assert_eq!(rows[0].place, "ratings.csv, line 2");
    assert!(rows[0].reason.as_deref().is_some_and(|reason| reason.starts_with("rating:")));
    assert_eq!(rows[3].reason.as_deref(), Some("not_rated"));
    let RowFinding::Nothing { candidates: Some(candidates), .. } = &rows[1].finding else {
        panic!("{:?}", rows[1]);
    };
    assert!(candidates.contains("\"id\":2") && candidates.contains("\"id\":3"), "{candidates}");
}

#[tokio::test]
async fn goes_on_behind_the_rows_that_are_stored() {
    let (mut imports, stored) = imports();
    imports.expect_finish().once().returning(|_, _| Ok(true));
    let files = file(|| (1..=5).map(|line| rating(line, "Up", 2009)).collect());

    assert_eq!(work(imports, files, 3).await, Progress::Over);

    let numbers: Vec<_> = stored.lock().unwrap().iter().map(|row| row.number).collect();
    assert_eq!(numbers, [4, 5]);
}

#[tokio::test]
async fn hands_a_long_file_on_after_a_while() {
    let (mut imports, stored) = imports();
    imports.expect_hand_on().once().returning(|_, _| Ok(true));
    let most = CHUNK * CHUNKS_AT_ONCE;
    let files = file(move || (0..=most).map(|line| rating(line, "Up", 2009)).collect());

    assert_eq!(work(imports, files, 0).await, Progress::MoreToDo);

    assert_eq!(stored.lock().unwrap().len(), most);
}

#[tokio::test]
async fn a_file_that_breaks_off_fails_and_what_was_read_stays() {
    let (mut imports, stored) = imports();
    let is_told = |_: &_, problem: &ImportProblem, _: &_| {
        problem.code == "truncated" && problem.message.contains("ratings.csv")
    };
    imports.expect_fail().withf(is_told).once().returning(|_, _, _| Ok(true));
    let files = file(|| vec![rating(2, "Up", 2009), Err(cut_off())]);

    assert_eq!(work(imports, files, 0).await, Progress::Over);

    assert_eq!(stored.lock().unwrap().len(), 1);
}

#[tokio::test]
async fn a_file_of_no_known_format_fails_at_once() {
    let (mut imports, stored) = imports();
    imports.expect_fail().once().returning(|_, _, _| Ok(true));
    let mut files = MockPersonalRatingsFiles::new();
    files.expect_open().returning(|_| Err(cut_off()));

    assert_eq!(work(imports, files, 0).await, Progress::Over);

    assert!(stored.lock().unwrap().is_empty());
}

#[tokio::test]
async fn stops_when_the_claim_is_lost() {
    let mut imports = MockPersonalImportRepository::new();
    imports.expect_content().returning(|_| Ok(Some(vec![1])));
    imports.expect_put_rows().once().returning(|_| Ok(false));
    let files = file(|| vec![rating(2, "Up", 2009)]);
    assert_eq!(work(imports, files, 0).await, Progress::Over);

    let mut imports = MockPersonalImportRepository::new();
    imports.expect_content().returning(|_| Ok(None));
    assert_eq!(work(imports, MockPersonalRatingsFiles::new(), 0).await, Progress::Over);
}
