use reelmark_application::report::{ActiveRater, CatalogueReport, RankedMovie};

use super::outline::{
    Cell, MOVIE, Outline, Section, histogram, measures, movie_and, movie_cells, number, ranking,
    summary, text, trend,
};

/// How somebody is called who doesn't want to be named.
const PRIVATE: &str = "private member";

pub(super) fn outline(report: &CatalogueReport) -> Outline {
    let mut at_a_glance = vec![
        ("movies", Cell::Whole(report.movies)),
        ("unrated_movies", Cell::Whole(report.unrated)),
        ("users", Cell::Whole(report.users)),
        ("reviews", Cell::Whole(report.reviews)),
    ];
    at_a_glance.extend(measures(&report.numbers));
    Outline {
        title: "The catalogue".to_owned(),
        sections: vec![
            summary(at_a_glance),
            histogram(&report.numbers),
            trend(("by_day", "By day"), ("day", "Day"), &report.by_day),
            movies(("top_rated", "Top rated"), &report.top_rated),
            movies(("most_divisive", "Most divisive"), &report.most_divisive),
            raters(&report.most_active),
            ranking(
                ("unrated", "Added last and not rated yet"),
                &MOVIE,
                report.unrated_sample.iter().map(movie_cells),
            ),
        ],
    }
}

fn movies(names: (&'static str, &'static str), movies: &[RankedMovie]) -> Section {
    let columns = movie_and(&[
        ("count", "Ratings"),
        ("mean", "Mean"),
        ("weighted_score", "Weighted score"),
        ("standard_deviation", "Standard deviation"),
        ("polarization", "Polarization"),
    ]);
    let rows = movies.iter().map(|ranked| {
        let mut row = movie_cells(&ranked.movie);
        row.extend([
            Cell::Whole(ranked.count),
            Cell::Number(ranked.mean),
            number(ranked.weighted_score),
            Cell::Number(ranked.standard_deviation),
            Cell::Number(ranked.polarization),
        ]);
        row
    });
    ranking(names, &columns, rows)
}

fn raters(raters: &[ActiveRater]) -> Section {
    let columns = [("username", "Who"), ("count", "Ratings"), ("mean", "Mean")];
    let rows = raters.iter().map(|rater| {
        let name = rater.username.as_deref().unwrap_or(PRIVATE);
        vec![text(name), Cell::Whole(rater.count), Cell::Number(rater.mean)]
    });
    ranking(("most_active", "Most active"), &columns, rows)
}
