use reelmark_application::report::{Comparison, UserReport, YearInReview};

use super::outline::{
    Cell, MOVIE, Outline, Section, histogram, measures, movie_and, movie_cells, ranking, summary,
    tallies, text, trend,
};

pub(super) fn outline(report: &UserReport) -> Outline {
    let above = ("most_generous", "Most generous against the crowd");
    let below = ("least_generous", "Least generous against the crowd");
    let mut at_a_glance = vec![("username", text(&report.username))];
    at_a_glance.extend(measures(&report.numbers));
    Outline {
        title: format!("How {} rates", report.username),
        sections: vec![
            summary(at_a_glance),
            histogram(&report.numbers),
            tallies(("by_genre", "By genre"), ("genre", "Genre"), &report.by_genre),
            tallies(("by_decade", "By decade"), ("decade", "Decade"), &report.by_decade),
            comparisons(above, &report.most_generous),
            comparisons(below, &report.least_generous),
            trend(("by_month", "By month"), ("month", "Month"), &report.by_month),
            years(&report.years),
            best_of_years(&report.years),
        ],
    }
}

fn comparisons(names: (&'static str, &'static str), comparisons: &[Comparison]) -> Section {
    let columns = movie_and(&[
        ("score", "Score"),
        ("others_count", "Others"),
        ("others_mean", "Their mean"),
        ("difference", "Difference"),
    ]);
    let rows = comparisons.iter().map(|compared| {
        let mut row = movie_cells(&compared.movie);
        row.extend([
            Cell::Whole(compared.score.unsigned_abs().into()),
            Cell::Whole(compared.others_count),
            Cell::Number(compared.others_mean),
            Cell::Number(compared.difference),
        ]);
        row
    });
    ranking(names, &columns, rows)
}

fn years(years: &[YearInReview]) -> Section {
    let rows = years.iter().map(|year| {
        vec![
            text(year.year.to_string()),
            Cell::Whole(year.count),
            Cell::Number(year.mean),
            text(&year.first_day),
            text(&year.last_day),
            Cell::Whole(year.longest_streak_days as u64),
        ]
    });
    Section {
        name: "years",
        title: "Years in review",
        columns: vec![
            ("year", "Year"),
            ("count", "Ratings"),
            ("mean", "Mean"),
            ("first_day", "First rating"),
            ("last_day", "Last rating"),
            ("longest_streak_days", "Longest streak in days"),
        ],
        rows: rows.collect(),
        charts: vec![],
    }
}

fn best_of_years(years: &[YearInReview]) -> Section {
    let columns = [&[("year", "Rated in")], &MOVIE[..], &[("score", "Score")]].concat();
    let best =
        years.iter().flat_map(|year| year.top_rated.iter().map(move |best| (year.year, best)));
    let rows = best.map(|(year, best)| {
        let mut row = vec![text(year.to_string())];
        row.extend(movie_cells(&best.movie));
        row.push(Cell::Whole(best.score.unsigned_abs().into()));
        row
    });
    ranking(("top_rated", "Favourites of each year"), &columns, rows)
}
