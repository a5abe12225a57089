use reelmark_application::report::{MovieReport, ReportedMovie};

use super::outline::{MOVIE, Outline, histogram, measures, movie_cells, number, summary, trend};

pub(super) fn outline(report: &MovieReport) -> Outline {
    let names = MOVIE.map(|(name, _)| name);
    let mut at_a_glance: Vec<_> = names.into_iter().zip(movie_cells(&report.movie)).collect();
    at_a_glance.extend(measures(&report.numbers));
    at_a_glance.push(("weighted_score", number(report.weighted_score)));
    Outline {
        title: format!("What people think of {}", named(&report.movie)),
        sections: vec![
            summary(at_a_glance),
            histogram(&report.numbers),
            trend(("by_month", "By month"), ("month", "Month"), &report.by_month),
        ],
    }
}

fn named(movie: &ReportedMovie) -> String {
    match movie.release_year {
        Some(year) => format!("{} ({year})", movie.title),
        None => movie.title.clone(),
    }
}
