use reelmark_domain::{
    MatchOutcome, MovieMatch, MovieReference, RatedAt, ReleaseYear, Review, RowOutcome,
};

use super::ImportCandidate;
use super::candidates::Candidates;
use crate::ports::{
    BroughtRating, ImportItem, MovieReader, PersonalRating, Place, PutImportRow, RepositoryError,
    RowFinding,
};

/// How many of the movies that may be meant are named.
const MOST_NAMED: usize = 5;

/// A row of a file, in its place.
pub(super) struct Draft {
    pub number: i64,
    /// No warning: those belong to the row behind them.
    pub item: ImportItem<PersonalRating>,
    /// What was mended or left out.
    pub warning: Option<String>,
}

/// Finds out what rows mean.
pub(super) async fn findings(
    movies: &dyn MovieReader,
    drafts: Vec<Draft>,
) -> Result<Vec<PutImportRow>, RepositoryError> {
    let references: Vec<&MovieReference> = drafts.iter().filter_map(reference).collect();
    let candidates = Candidates::of(movies, &references).await?;
    Ok(drafts.into_iter().map(|draft| finding(&candidates, draft)).collect())
}

fn reference(draft: &Draft) -> Option<&MovieReference> {
    match &draft.item {
        ImportItem::Row(row) => Some(&row.value.movie),
        _ => None,
    }
}

fn finding(candidates: &Candidates, Draft { number, item, warning }: Draft) -> PutImportRow {
    let nothing = |place: Place, outcome: RowOutcome, reason: String| PutImportRow {
        number,
        place: place.to_string(),
        title: None,
        release_year: None,
        score: None,
        finding: RowFinding::Nothing { outcome: outcome.into(), candidates: None },
        reason: Some(reason),
    };
    match item {
        ImportItem::Row(row) => PutImportRow {
            number,
            place: row.place.to_string(),
            title: row.value.movie.titles().first().map(ToString::to_string),
            release_year: row.value.movie.release_year().map(ReleaseYear::get),
            score: Some(row.value.score.get().into()),
            finding: matched(candidates, row.value),
            reason: warning,
        },
        ImportItem::Skipped(row) => {
            nothing(row.place, RowOutcome::Skipped, row.reason.name().to_owned())
        }
        ImportItem::Rejected(problem) | ImportItem::Warning(problem) => {
            nothing(problem.place, RowOutcome::Invalid, problem.fault.to_string())
        }
    }
}

fn matched(candidates: &Candidates, row: PersonalRating) -> RowFinding {
    match candidates.match_movie(&row.movie) {
        MatchOutcome::Matched(found) => RowFinding::Rating {
            confidence: found.confidence().level().to_owned(),
            rating: BroughtRating {
                movie_id: found.id.get(),
                score: row.score.get().into(),
                review: row.review.as_ref().map(Review::to_string),
                rated_at: row.rated_at.map(RatedAt::get),
            },
        },
        MatchOutcome::Ambiguous(likely) => RowFinding::Nothing {
            outcome: RowOutcome::Ambiguous.into(),
            candidates: named(candidates, &likely),
        },
        MatchOutcome::Unmatched => {
            RowFinding::Nothing { outcome: RowOutcome::Unmatched.into(), candidates: None }
        }
    }
}

fn named(candidates: &Candidates, likely: &[MovieMatch]) -> Option<String> {
    let likely = likely.iter().take(MOST_NAMED);
    let named: Vec<ImportCandidate> =
        likely.filter_map(|movie| candidates.named(movie.id)).collect();
    serde_json::to_string(&named).ok()
}
