use std::collections::HashSet;

use reelmark_domain::{
    MovieId, Opinion, PredictedScore, RankingQuality, Suggestion, Taste, UserBias, shuffled_rank,
};

use super::catalogue::Catalogue;

/// How well one way to recommend does.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Quality {
    pub ranking: RankingQuality,
    /// Which part of the movies is among the first ten of anybody, 0 to 1, where it was counted.
    pub coverage: Option<f64>,
}

/// How far scores are off that were told before: the roots of the means of the squares, in points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ScoreErrors {
    /// Of the predicted scores.
    pub predicted: f64,
    /// Of what all think of the movie.
    pub weighted: f64,
}

/// How one way to recommend has done so far.
#[derive(Default)]
pub(super) struct RankingTally {
    ranking: RankingQuality,
    shown: HashSet<MovieId>,
}

impl RankingTally {
    pub(super) fn count(
        &mut self,
        mut ranked: impl Iterator<Item = MovieId> + Clone,
        wanted: MovieId,
    ) {
        self.shown.extend(ranked.clone().take(10));
        self.ranking.count(ranked.position(|movie| movie == wanted));
    }

    pub(super) fn count_shuffled(&mut self, movies: &[MovieId], wanted: MovieId, seed: u64) {
        self.ranking.count(shuffled_rank(movies.iter().copied(), wanted, seed));
    }

    pub(super) fn rankings(&self) -> usize {
        self.ranking.rankings() as usize
    }

    pub(super) fn quality(&self, movies: usize) -> Quality {
        let coverage = (!self.shown.is_empty()).then(|| self.shown.len() as f64 / movies as f64);
        Quality { ranking: self.ranking, coverage }
    }
}

/// How far scores were off so far.
#[derive(Default)]
pub(super) struct ScoreTally {
    count: u32,
    predicted: f64,
    weighted: f64,
}

impl ScoreTally {
    pub(super) fn count(
        &mut self,
        catalogue: &Catalogue,
        taste: &Taste,
        last: Opinion,
        suggestions: &[Suggestion],
    ) {
        let Some(score) = catalogue.weighted_score(last.movie) else { return };
        let suggestion = suggestions.iter().find(|suggestion| suggestion.movie == last.movie);
        let above_mean = suggestion.map_or(0.0, |suggestion| suggestion.above_mean);
        let bias = UserBias::new(taste.mean(), taste.opinions().len());
        let actual = f64::from(last.score.get());
        let predicted = PredictedScore::new(&score, bias, above_mean).get();
        self.count += 1;
        self.predicted += (predicted - actual).powi(2);
        self.weighted += (score.value() - actual).powi(2);
    }

    pub(super) fn errors(&self) -> ScoreErrors {
        let root = |sum: f64| (sum / f64::from(self.count.max(1))).sqrt();
        ScoreErrors { predicted: root(self.predicted), weighted: root(self.weighted) }
    }
}
