use std::fmt::Write;

use reelmark_application::recommendation::{Evaluation, Quality};

/// What came of an evaluation, as a table in Markdown.
pub fn written(found: &Evaluation) -> String {
    let Evaluation { ratings, movies, raters, .. } = found;
    let mut text = format!(
        "{ratings} ratings of {movies} movies; the last rating of {raters} people was taken away.\n\n\
         | ranked by | NDCG@10 | Recall@20 | coverage@10 |\n|---|---|---|---|\n"
    );
    let ways = [
        ("neighbours", &found.neighbours),
        ("popularity", &found.popular),
        ("chance", &found.random),
    ];
    for (name, quality) in ways {
        // Nothing fails that writes to a text.
        let _ = writeln!(text, "{}", row(name, quality));
    }
    let errors = found.errors;
    text += &format!(
        "\nPredicted scores are off by {:.3} points (RMSE); the weighted scores of the movies by {:.3}.",
        errors.predicted, errors.weighted
    );
    text
}

fn row(name: &str, Quality { ranking, coverage }: &Quality) -> String {
    let coverage = coverage.map_or_else(|| "–".to_owned(), |part| format!("{:.1} %", part * 100.0));
    let (gain, recall) = (ranking.ndcg_at_10(), ranking.recall_at_20());
    format!("| {name} | {gain:.4} | {recall:.4} | {coverage} |")
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use reelmark_application::ports::Clock;
    use reelmark_application::recommendation::{RatedFilm, evaluate, tastes_of};
    use reelmark_domain::{MovieId, Recommender, Score};
    use reelmark_memory::SystemClock;

    #[test]
    fn has_a_row_for_each_way_to_recommend() {
        let films = (1..=8).flat_map(|rater| (1..=7).map(move |movie| (rater, movie)));
        // Nobody's last film may be everybody's, or it would have no neighbours.
        let later = |rater: i64, movie: i64| Duration::from_secs(((rater + movie) % 7) as u64);
        let rated = films.map(|(rater, movie)| RatedFilm {
            rater,
            movie: MovieId::parse(movie).unwrap(),
            score: Score::parse(7).unwrap(),
            at: SystemClock.now() + later(rater, movie),
        });
        let found = evaluate(&tastes_of(rated, 1), Recommender::default(), 1);
        let text = written(&found);
        assert!(text.starts_with("56 ratings of 7 movies; the last rating of 8 people"), "{text}");
        assert!(text.contains("| neighbours | 1.0000 | 1.0000 | "), "{text}");
        assert!(text.contains("| chance | 1.0000 | 1.0000 | – |"), "{text}");
    }
}
