use super::{Confidence, MatchBasis, MovieReference};
use crate::{ExternalIds, MovieId, ReleaseYear, Title, TitleKey};

/// A movie of the catalogue that may be the one a file names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MatchCandidate {
    /// Its id.
    pub id: MovieId,
    /// Its title, and behind it the original and alternative ones.
    pub titles: Vec<Title>,
    /// When it came out.
    pub release_year: Option<ReleaseYear>,
    /// Its names in other catalogues.
    pub external_ids: ExternalIds,
}

/// A movie that is, or may be, the one a file names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MovieMatch {
    /// The movie.
    pub id: MovieId,
    /// What speaks for it.
    pub basis: MatchBasis,
}

impl MovieMatch {
    /// How sure one may be of it.
    pub fn confidence(&self) -> Confidence {
        self.basis.confidence()
    }
}

/// Which movie of the catalogue a file names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MatchOutcome {
    /// This one.
    Matched(MovieMatch),
    /// One of these, or none: by descending confidence, then by id.
    Ambiguous(Vec<MovieMatch>),
    /// None of them.
    Unmatched,
}

/// Finds the movie that a file names among `candidates`, whatever their order.
///
/// An external id decides. Without one that agrees, titles are compared by their [`TitleKey`] and
/// years may differ by one, since festivals and countries differ; the surest movie is taken when
/// it is the only one that sure. Movies whose ids contradict the file's are never matched by title,
/// and a title without a year is never enough.
pub fn match_movie(reference: &MovieReference, candidates: &[MatchCandidate]) -> MatchOutcome {
    let by_id = likely(candidates, |candidate| by_id(reference, candidate));
    let likely = match by_id.is_empty() {
        true => likely(candidates, |candidate| by_title(reference, candidate)),
        false => by_id,
    };
    match likely.as_slice() {
        [] => MatchOutcome::Unmatched,
        [best, rest @ ..] if best.basis.suffices() && !rest.iter().any(|m| rivals(best, m)) => {
            MatchOutcome::Matched(*best)
        }
        _ => MatchOutcome::Ambiguous(likely),
    }
}

fn rivals(best: &MovieMatch, other: &MovieMatch) -> bool {
    other.basis == best.basis
}

fn likely(
    candidates: &[MatchCandidate],
    basis: impl Fn(&MatchCandidate) -> Option<MatchBasis>,
) -> Vec<MovieMatch> {
    let found = candidates.iter().filter_map(|c| Some(MovieMatch { basis: basis(c)?, id: c.id }));
    let mut found: Vec<_> = found.collect();
    found.sort_by_key(|m| (std::cmp::Reverse(m.basis), m.id));
    found.dedup_by_key(|m| m.id);
    found
}

fn by_id(reference: &MovieReference, candidate: &MatchCandidate) -> Option<MatchBasis> {
    let compared = compare(reference.external_ids(), &candidate.external_ids);
    if !compared.contains(&Some(true)) {
        return None;
    }
    let is_disputed = compared.contains(&Some(false));
    Some(if is_disputed { MatchBasis::DisputedId } else { MatchBasis::ExternalId })
}

/// Whether the ids of each catalogue agree, where both sides have one.
fn compare(a: &ExternalIds, b: &ExternalIds) -> [Option<bool>; 3] {
    fn agree<T: PartialEq>(a: &Option<T>, b: &Option<T>) -> Option<bool> {
        Some(a.as_ref()? == b.as_ref()?)
    }
    [agree(&a.imdb, &b.imdb), agree(&a.tmdb, &b.tmdb), agree(&a.movielens, &b.movielens)]
}

fn by_title(reference: &MovieReference, candidate: &MatchCandidate) -> Option<MatchBasis> {
    if compare(reference.external_ids(), &candidate.external_ids).contains(&Some(false)) {
        return None;
    }
    let are_main = shares_title(reference, candidate)?;
    let years = reference.release_year().zip(candidate.release_year);
    let apart = years.map(|(a, b)| a.get().abs_diff(b.get()));
    match (apart, are_main) {
        (None, _) => Some(MatchBasis::TitleAlone),
        (Some(0), true) => Some(MatchBasis::TitleAndYear),
        (Some(0), false) => Some(MatchBasis::OtherTitleAndYear),
        (Some(1), true) => Some(MatchBasis::TitleAndNearYear),
        (Some(1), false) => Some(MatchBasis::OtherTitleAndNearYear),
        (Some(_), _) => None,
    }
}

/// Whether the main titles are the same, or nothing when no title is.
fn shares_title(reference: &MovieReference, candidate: &MatchCandidate) -> Option<bool> {
    let keys = |titles: &[Title]| -> Vec<_> {
        titles.iter().map(|title| TitleKey::of(title.as_str())).collect()
    };
    let (wanted, known) = (keys(reference.titles()), keys(&candidate.titles));
    let is_shared = wanted.iter().any(|key| known.contains(key));
    is_shared.then(|| wanted.first() == known.first())
}

#[cfg(test)]
mod tests;
