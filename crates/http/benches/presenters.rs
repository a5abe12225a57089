//! What becomes of a movie on its way out: `cargo bench -p reelmark-http --features bench`.

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use reelmark_application::ports::{
    MovieDetails, MovieDetailsRecord, MovieFactsRecord, MovieRecord, RatingSummaryRecord,
};
use reelmark_domain::Page;
use time::OffsetDateTime;

fn details() -> Option<MovieDetails> {
    let at = OffsetDateTime::UNIX_EPOCH;
    let facts = MovieFactsRecord {
        title: "Stalker".into(),
        original_title: Some("Сталкер".into()),
        release_year: Some(1979),
        runtime_minutes: Some(162),
        genres: vec!["Drama".into(), "Sci-Fi".into()],
        directors: vec!["Andrei Tarkovsky".into()],
        ..MovieFactsRecord::default()
    };
    let histogram = [120, 80, 210, 340, 560, 1_240, 2_310, 4_120, 1_980, 2_760];
    let summary = RatingSummaryRecord {
        movie_id: 1,
        histogram,
        catalogue_mean: Some(7.0),
        version: 1,
        computed_at: at,
    };
    let movie =
        MovieRecord { id: 1, facts, version: 1, added_by: None, created_at: at, updated_at: at };
    MovieDetails::try_from(MovieDetailsRecord { movie, summary }).ok()
}

fn movies(criterion: &mut Criterion) {
    let Some(details) = details() else { return };
    let rendered = reelmark_http::rendered_movie;
    criterion.bench_function("a movie", |b| b.iter(|| rendered(black_box(&details))));
    let page = Page { items: vec![details; 20], next: None, total: None };
    let rendered = reelmark_http::rendered_page;
    criterion.bench_function("a page of 20", |b| b.iter(|| rendered(black_box(&page))));
}

criterion_group!(benches, movies);
criterion_main!(benches);
