//! Reports to write out.

use reelmark_application::report::{
    ActiveRater, CatalogueReport, Comparison, MovieReport, RankedMovie, RatingNumbers, Report,
    ReportResult, ReportedMovie, ScoredMovie, Tally, UserReport, YearInReview,
};
use reelmark_domain::{ReportId, ReportKind, ReportPeriod, ReportStatus, UserId};
use time::macros::datetime;

pub(super) fn report() -> Report {
    Report {
        id: ReportId::parse(5).unwrap(),
        owner_id: UserId::parse(7).unwrap(),
        kind: ReportKind::Movie,
        subject: Some("42".into()),
        period: ReportPeriod::default(),
        status: ReportStatus::Done,
        requested_at: datetime!(2026-03-01 12:00 UTC),
        finished_at: Some(datetime!(2026-03-01 12:01 UTC)),
        failure: None,
        result: None,
    }
}

pub(super) fn movie_result(title: &str) -> ReportResult {
    ReportResult::Movie(MovieReport {
        movie: movie(title),
        numbers: numbers(),
        weighted_score: Some(6.5),
        by_month: vec![tally("2026-02"), tally("2026-03")],
    })
}

pub(super) fn unrated_movie_result() -> ReportResult {
    let numbers = RatingNumbers {
        count: 0,
        mean: None,
        standard_deviation: None,
        polarization: None,
        histogram: [0; 10],
    };
    let movie = movie("Up");
    ReportResult::Movie(MovieReport { movie, numbers, weighted_score: None, by_month: vec![] })
}

/// `title` is that of every movie, the name of a genre, and that of the user.
pub(super) fn user_result(title: &str) -> ReportResult {
    let year = YearInReview {
        year: 2026,
        count: 3,
        mean: 7.0,
        first_day: "2026-02-01".into(),
        last_day: "2026-03-01".into(),
        longest_streak_days: 2,
        top_rated: vec![ScoredMovie { movie: movie(title), score: 8 }],
    };
    ReportResult::User(UserReport {
        username: title.into(),
        numbers: numbers(),
        by_genre: vec![tally(title)],
        by_decade: vec![tally("1970s"), tally("unknown")],
        by_month: vec![tally("2026-03")],
        most_generous: vec![comparison(title, 3.0)],
        least_generous: vec![comparison(title, -2.5)],
        years: vec![year],
    })
}

pub(super) fn catalogue_result() -> ReportResult {
    let ranked = RankedMovie {
        movie: movie("Up"),
        count: 20,
        mean: 7.0,
        weighted_score: Some(6.5),
        standard_deviation: 1.5,
        polarization: 0.25,
    };
    let rater = |username| ActiveRater { username, count: 3, mean: 7.0 };
    ReportResult::Catalogue(CatalogueReport {
        movies: 2,
        users: 3,
        reviews: 1,
        numbers: numbers(),
        by_day: vec![tally("2026-03-01"), tally("2026-03-02")],
        top_rated: vec![ranked.clone()],
        most_divisive: vec![ranked],
        most_active: vec![rater(None), rater(Some("Ada".into()))],
        unrated: 1,
        unrated_sample: vec![movie("M")],
    })
}

/// The scores 5, 8 and 8.
fn numbers() -> RatingNumbers {
    RatingNumbers {
        count: 3,
        mean: Some(7.0),
        standard_deviation: Some(1.5),
        polarization: Some(0.25),
        histogram: [0, 0, 0, 0, 1, 0, 0, 2, 0, 0],
    }
}

fn movie(title: &str) -> ReportedMovie {
    ReportedMovie { id: 42, title: title.into(), release_year: Some(2009) }
}

fn tally(key: &str) -> Tally {
    Tally { key: key.into(), count: 3, mean: 7.0 }
}

fn comparison(title: &str, difference: f64) -> Comparison {
    let others_mean = 8.0 - difference;
    Comparison { movie: movie(title), score: 8, others_count: 6, others_mean, difference }
}
