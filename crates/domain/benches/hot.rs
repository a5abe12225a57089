//! What the domain does for each search, each read and each rating: `cargo bench -p reelmark-domain`.

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use reelmark_domain::{
    CatalogueMean, Histogram, MovieId, RatingSummary, Title, TitleSearch, interval_90, search_key,
    trend_weight,
};
use time::OffsetDateTime;

const TITLE: &str = "Amélie: Le Fabuleux Destin d'Amélie Poulain";

fn texts(criterion: &mut Criterion) {
    criterion.bench_function("parse a title", |b| b.iter(|| Title::parse(black_box(TITLE))));
    criterion.bench_function("fold a title", |b| b.iter(|| search_key(black_box(TITLE))));
    let key = search_key(TITLE);
    let search = TitleSearch::of("amlie poulain");
    let keys = [key.as_str()];
    criterion
        .bench_function("compare a title", |b| b.iter(|| search.matches(black_box(&keys), [])));
}

fn summaries(criterion: &mut Criterion) {
    let histogram = Histogram::new([120, 80, 210, 340, 560, 1_240, 2_310, 4_120, 1_980, 2_760]);
    criterion.bench_function("interval", |b| b.iter(|| interval_90(black_box(&histogram))));
    let (id, mean) = (MovieId::parse(1).ok(), CatalogueMean::parse(7.0).ok());
    let Some(id) = id else { return };
    let at = OffsetDateTime::UNIX_EPOCH;
    let summary = RatingSummary::new(id, histogram, mean, 1, at);
    criterion.bench_function("weighted score", |b| b.iter(|| black_box(&summary).weighted_score()));
    criterion.bench_function("trend", |b| b.iter(|| trend_weight(black_box(at))));
}

criterion_group!(benches, texts, summaries);
criterion_main!(benches);
