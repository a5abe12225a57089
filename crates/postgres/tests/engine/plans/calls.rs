//! What the service asks of its store, each once.

use std::future::Future;
use std::pin::Pin;

use reelmark_application::messages::Channel;
use reelmark_application::ports::{
    AccountCodeRepository, AuditTrail, CandidateQuery, ExportReader, IdempotencyKeys, ListRatings,
    MovieFilter, MoviePosition, MovieReader, MovieSort, Outbox, PutRating, RatedFilter,
    RatingPosition, RatingReader, RatingRepository, RatingSpan, RatingSummaryRepository,
    ReportReader, ReportRepository, ScoreChangeRecord, SessionReader, SessionRepository,
    SummaryAuditor,
};
use reelmark_postgres::{
    PostgresAccountCodeRepository, PostgresAuditTrail, PostgresExportReader,
    PostgresIdempotencyKeys, PostgresMovieReader, PostgresOutbox, PostgresRatingReader,
    PostgresRatingRepository, PostgresRatingSummaryRepository, PostgresReportReader,
    PostgresReportRepository, PostgresSessionReader, PostgresSessionRepository, PostgresStore,
    PostgresSummaryAuditor,
};
use reelmark_testkit::builders::{all_movies, movies_like, search_terms};
use time::macros::datetime;
use time::{Duration, OffsetDateTime};

type Call = Box<dyn FnOnce(PostgresStore) -> Pin<Box<dyn Future<Output = ()>>>>;

const EARLY: OffsetDateTime = datetime!(2026-01-05 00:00 UTC);
const NOW: OffsetDateTime = datetime!(2026-05-01 00:00 UTC);

/// The user with the most ratings, and the movie with the most.
const BUSY: i64 = 1;
const POPULAR: i64 = 10_000;

macro_rules! call {
    ($name:expr, |$store:ident| $call:expr) => {
        ($name.to_string(), {
            let call: Call = Box::new(move |$store: PostgresStore| {
                Box::pin(async move {
                    let _answer = $call.await.unwrap();
                })
            });
            call
        })
    };
}

pub fn all() -> Vec<(String, Call)> {
    [ratings(), movie_lists(), searches(), accounts(), background(), reports()]
        .into_iter()
        .flatten()
        .collect()
}

fn page(of: i64, after: Option<RatingPosition>) -> ListRatings {
    ListRatings { of, after, limit: 21 }
}

/// Far down the list.
const DEEP: RatingPosition = RatingPosition { updated_at_micros: 1_767_300_000_000_000, id: 5 };

fn ratings() -> Vec<(String, Call)> {
    let put = |user_id| PutRating { user_id, movie_id: 77, score: 3, review: None, at: NOW };
    vec![
        call!("put a rating", |s| PostgresRatingRepository::new(s).put(put(5))),
        call!("remove a rating", |s| PostgresRatingRepository::new(s).remove(5, 77, NOW)),
        call!("find a rating", |s| PostgresRatingReader::new(s).find(BUSY, 77)),
        call!("ratings of a user", |s| PostgresRatingReader::new(s).list_of_user(page(BUSY, None))),
        call!("ratings of a user, deep", |s| PostgresRatingReader::new(s)
            .list_of_user(page(BUSY, Some(DEEP)))),
        call!("histogram of a user", |s| PostgresRatingReader::new(s).histogram_of_user(BUSY)),
        call!("ratings of a movie", |s| PostgresRatingReader::new(s)
            .list_of_movie(page(POPULAR, None))),
        call!("ratings of a movie, deep", |s| PostgresRatingReader::new(s)
            .list_of_movie(page(POPULAR, Some(DEEP)))),
        call!("export of ratings", |s| PostgresExportReader::new(s).list_ratings(page(BUSY, None))),
    ]
}

const SORTS: [MovieSort; 6] = [
    MovieSort::Title,
    MovieSort::ReleaseYear,
    MovieSort::WeightedScore,
    MovieSort::RatingCount,
    MovieSort::Trend,
    MovieSort::Added,
];

fn movie_lists() -> Vec<(String, Call)> {
    let mut calls = vec![
        call!("find a movie", |s| PostgresMovieReader::new(s).find(77)),
        call!("candidates", |s| PostgresMovieReader::new(s).list_candidates(candidates())),
    ];
    for sort in SORTS {
        let all = MovieFilter { limit: 21, ..all_movies(sort) };
        let years = MovieFilter { year_from: Some(1950), year_to: Some(1955), ..all.clone() };
        let genre = MovieFilter { genre_keys: vec!["genre7".into()], ..years.clone() };
        let rated = MovieFilter { min_ratings: 100, ..genre.clone() };
        let genres = vec!["genre7".into(), "genre3".into()];
        let genres = MovieFilter { genre_keys: genres, ..all.clone() };
        let runtime = MovieFilter { runtime_from: Some(80), runtime_to: Some(81), ..all.clone() };
        let language = MovieFilter { language: Some("l7".into()), ..all.clone() };
        let common_language = MovieFilter { language: Some("en".into()), ..all.clone() };
        let country = MovieFilter { country: Some("C7".into()), ..all.clone() };
        let by = |user_id, has_rated| {
            let rated = Some(RatedFilter { user_id, has_rated });
            MovieFilter { rated, ..all.clone() }
        };
        let (by_busy, by_other) = (by(BUSY, true), by(7, true));
        let (not_by_busy, not_by_other) = (by(BUSY, false), by(7, false));
        let of_late = MovieFilter { min_trend: Some(990.0), ..all.clone() };
        let deep = MovieFilter { after: Some(deep(sort)), ..all.clone() };
        for (name, filter) in [
            ("", all),
            (" of years", years),
            (" of a genre", genre),
            (" rated", rated),
            (" of genres", genres),
            (" of a length", runtime),
            (" of a language", language),
            (" of a common language", common_language),
            (" of a country", country),
            (" rated by a busy user", by_busy),
            (" rated by a user", by_other),
            (" not rated by a busy user", not_by_busy),
            (" not rated by a user", not_by_other),
            (" of late", of_late),
            (" deep", deep),
        ] {
            let name = format!("movies by {sort:?}{name}");
            calls.push(call!(name, |s| PostgresMovieReader::new(s).list(filter)));
        }
    }
    calls
}

fn candidates() -> Vec<CandidateQuery> {
    let candidate = |n: i32| CandidateQuery {
        title_keys: vec!["the c4ca42 of".into(), format!("movie {n}")],
        year: Some(1950),
        imdb: Some(format!("tt{n:07}")),
        tmdb: Some(n.into()),
        movielens: Some(n.into()),
    };
    (1..=500).map(candidate).collect()
}

fn deep(sort: MovieSort) -> MoviePosition {
    match sort {
        MovieSort::Title => MoviePosition::Title("the c".into(), 5),
        MovieSort::Added => MoviePosition::Number(1_767_230_000_000_000.0, 5),
        MovieSort::ReleaseYear => MoviePosition::Number(1960.0, 5),
        MovieSort::WeightedScore => MoviePosition::Number(7.4, 5),
        _ => MoviePosition::Number(20.0, 5),
    }
}

fn searches() -> Vec<(String, Call)> {
    let mut calls = Vec::new();
    for text in ["a", "the", "the of", "c4ca42 of", "c4ca2", "4ca", "侍"] {
        let search = MovieFilter { limit: 21, ..movies_like(text) };
        let narrowed = MovieFilter {
            genre_keys: vec!["genre7".into()],
            language: Some("en".into()),
            country: Some("C7".into()),
            runtime_from: Some(80),
            rated: Some(RatedFilter { user_id: BUSY, has_rated: true }),
            ..search.clone()
        };
        let by_title = MovieFilter { sort: MovieSort::Title, ..search.clone() };
        for (name, filter) in [("", search), (" in a genre", narrowed), (" by title", by_title)] {
            let name = format!("search {text:?}{name}");
            calls.push(call!(name, |s| PostgresMovieReader::new(s).list(filter)));
        }
        let typed = search_terms(text);
        let name = format!("suggestions for {text:?}");
        calls.push(call!(name, |s| PostgresMovieReader::new(s).suggest(typed, 8)));
        let count = movies_like(text);
        let name = format!("count of the search {text:?}");
        calls.push(call!(name, |s| PostgresMovieReader::new(s).count(count)));
    }
    calls
}

fn accounts() -> Vec<(String, Call)> {
    vec![
        call!("sessions of a user", |s| PostgresSessionReader::new(s).list_of_user(7, EARLY)),
        call!("sweep of sessions", |s| PostgresSessionRepository::new(s)
            .forget_expired(EARLY, 100)),
        call!("sweep of codes", |s| PostgresAccountCodeRepository::new(s)
            .forget_expired(EARLY, 100)),
        call!("sweep of keys", |s| PostgresIdempotencyKeys::new(s).sweep(EARLY, 100)),
        call!("sweep of audit events", |s| PostgresAuditTrail::new(s).prune(EARLY, 100)),
    ]
}

fn background() -> Vec<(String, Call)> {
    let change = |message_id| ScoreChangeRecord {
        message_id,
        movie_id: 77,
        old: None,
        new: Some(7),
        given_at: NOW,
    };
    let changes: Vec<_> = (1..50).map(|n| change(1_000_000 + n)).collect();
    vec![
        call!("claim", |s| PostgresOutbox::new(s).claim(
            Channel::Ratings,
            100,
            NOW,
            Duration::MINUTE
        )),
        call!("confirm", |s| PostgresOutbox::new(s).confirm((1..100).collect())),
        call!("apply", |s| PostgresRatingSummaryRepository::new(s).apply(changes, NOW)),
        call!("sweep of processed messages", |s| PostgresRatingSummaryRepository::new(s)
            .forget_processed(EARLY, 100)),
        call!("compare", |s| PostgresSummaryAuditor::new(s).compare(500, 5)),
    ]
}

fn reports() -> Vec<(String, Call)> {
    let span = RatingSpan { from: None, to: None };
    vec![
        call!("numbers of a movie", |s| PostgresReportReader::new(s).movie(77, span)),
        call!("numbers of a user", |s| PostgresReportReader::new(s).user("user7".into(), span)),
        call!("sweep of reports", |s| PostgresReportRepository::new(s).prune(EARLY, 100)),
    ]
}
