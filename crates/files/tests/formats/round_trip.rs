//! What is written is read back as what it was.

use std::collections::HashSet;

use proptest::prelude::*;
use reelmark_application::account::{ExportedRating, MovieNames};
use reelmark_application::ports::{
    CatalogueFiles, CatalogueMovie, CatalogueRating, ExportFiles, ImportItem, ImportRows,
    PersonalExportFormat, PersonalRating, RowSink,
};
use reelmark_domain::{
    AlternativeTitles, Countries, Country, Directors, ExternalIds, Genre, Genres, ImdbId, Language,
    Movie, MovieFacts, MovieId, MovieLensId, PersonName, Rating, ReleaseYear, Review, Runtime,
    Score, Synopsis, Title, TmdbId, UserId, tidy_title,
};
use reelmark_files::{ForeignCatalogueFiles, PortableExportFiles};
use reelmark_testkit::SharedBuffer;
use time::OffsetDateTime;

use crate::support::{in_memory, open};

/// Texts that mean something to a spreadsheet, to CSV or to JSON.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        "['=+@-]{0,3}[A-Za-z,\"\\\\;|é七 ]{1,20}",
        "\\PC{1,30}",
        Just("The end, The".to_owned()),
        Just("\\N".to_owned()),
    ]
}

fn title() -> impl Strategy<Value = Title> {
    text().prop_filter_map("no title", |text| Title::parse(&tidy_title(&text)).ok())
}

fn review() -> impl Strategy<Value = Option<Review>> {
    let lines = prop::collection::vec(text(), 1..4).prop_map(|lines| lines.join("\r\n"));
    prop::option::of(lines.prop_filter_map("no review", |text| Review::parse(&text).ok()))
}

fn ids() -> impl Strategy<Value = ExternalIds> {
    let (imdb, tmdb, movielens) = (1u64..9_999_999_999, 1i64..=i64::from(i32::MAX), 1i64..300_000);
    let some = (prop::option::of(imdb), prop::option::of(tmdb), prop::option::of(movielens));
    some.prop_map(|(imdb, tmdb, movielens)| ExternalIds {
        imdb: imdb.map(|n| ImdbId::from_number(&n.to_string()).unwrap()),
        tmdb: tmdb.map(|n| TmdbId::parse(n).unwrap()),
        movielens: movielens.map(|n| MovieLensId::parse(n).unwrap()),
    })
}

fn time() -> impl Strategy<Value = OffsetDateTime> {
    let micros = 0i128..1_772_000_000_000_000;
    micros.prop_map(|n| OffsetDateTime::from_unix_timestamp_nanos(n * 1_000).unwrap())
}

fn year() -> impl Strategy<Value = Option<ReleaseYear>> {
    prop::option::of((1870i64..2036).prop_map(|year| ReleaseYear::from_stored(year).unwrap()))
}

prop_compose! {
    fn exported()(
        title in title(), release_year in year(), external_ids in ids(), at in time(),
        score in 1i64..=10, review in review(), user in 1i64..9, movie in 1i64..,
    ) -> ExportedRating {
        let (user, id) = (UserId::parse(user).unwrap(), MovieId::parse(movie).unwrap());
        let rating = Rating::new((user, id), Score::parse(score).unwrap(), review, 1, at, at);
        ExportedRating { rating, movie: MovieNames { id, title, release_year, external_ids } }
    }
}

fn places() -> impl Strategy<Value = (Option<Language>, Countries)> {
    let languages = ["fr", "ja", "yue"].map(|code| Language::parse(code).unwrap());
    let countries = ["FR", "JP", "HK"].map(|code| Country::parse(code).unwrap());
    let countries = prop::sample::subsequence(countries.to_vec(), 0..=3);
    let countries = countries.prop_map(|some| Countries::new(some).unwrap());
    (prop::option::of(prop::sample::select(languages.to_vec())), countries)
}

prop_compose! {
    fn movie()(
        id in 1i64.., title in title(), original_title in prop::option::of(title()),
        release_year in year(), external_ids in ids(), minutes in prop::option::of(1i64..=60_000),
        genres in prop::collection::hash_set("[=A-Z][a-z]{1,8}", 0..4),
        directors in prop::collection::hash_set("[-A-Z][a-z]{1,8} [A-Z][a-z]{1,8}", 0..3),
        synopsis in review(),
        others in prop::collection::hash_set("[=A-Z七][a-zé,\"; ]{0,8}[a-z]", 0..4),
        (language, countries) in places(),
    ) -> Movie {
        let genres = Genres::new(genres.iter().map(|name| Genre::parse(name).unwrap()).collect());
        let people = directors.iter().map(|name| PersonName::parse(name).unwrap()).collect();
        let others = others.iter().map(|text| Title::parse(&tidy_title(text)).unwrap());
        let others: HashSet<_> = others.collect();
        let others = others.into_iter().collect();
        let facts = MovieFacts {
            title, original_title, release_year, external_ids,
            alternative_titles: AlternativeTitles::new(others).unwrap(),
            original_language: language,
            countries,
            runtime: minutes.map(|minutes| Runtime::parse(minutes).unwrap()),
            genres: genres.unwrap_or_default(),
            directors: Directors::new(people).unwrap_or_default(),
            synopsis: synopsis.map(|text| Synopsis::parse(text.as_str()).unwrap()),
        };
        let epoch = OffsetDateTime::UNIX_EPOCH;
        Movie::new(MovieId::parse(id).unwrap(), facts, 1, None, epoch, epoch)
    }
}

fn written<T: Send + 'static>(
    begin: impl FnOnce(SharedBuffer) -> Box<dyn RowSink<T>>,
    rows: &[T],
) -> Vec<u8> {
    let target = SharedBuffer::default();
    let mut sink = begin(target.clone());
    rows.iter().for_each(|row| sink.write(row).unwrap());
    sink.finish().unwrap();
    target.bytes()
}

fn personal(format: PersonalExportFormat, rows: &[ExportedRating]) -> Vec<u8> {
    written(|target| PortableExportFiles.personal(format, Box::new(target)).unwrap(), rows)
}

fn all<T: std::fmt::Debug>(rows: ImportRows<T>) -> Vec<T> {
    let value = |item| match item {
        Ok(ImportItem::Row(row)) => row.value,
        other => panic!("{other:?}"),
    };
    rows.map(value).collect()
}

/// What must come back of a rating, through a format that knows so much.
fn expect(row: &ExportedRating, read: &PersonalRating, format: PersonalExportFormat) {
    use PersonalExportFormat::*;
    let (rating, movie) = (&row.rating, &row.movie);
    let ids = movie.external_ids.clone();
    let tmdb = ids.tmdb.filter(|_| format != ImdbCsv);
    assert_eq!(read.movie.titles(), std::slice::from_ref(&movie.title));
    assert_eq!(read.movie.release_year(), movie.release_year);
    assert_eq!(read.movie.external_ids(), &ExternalIds { tmdb, movielens: None, ..ids });
    assert_eq!(read.score, rating.score());
    assert_eq!(read.review.as_ref(), rating.review().filter(|_| format == LetterboxdCsv));
    let (at, expected) = (read.rated_at.unwrap().get(), rating.updated_at());
    match format {
        TraktJson => assert_eq!(at, expected),
        LetterboxdCsv | ImdbCsv => assert_eq!(at, expected.date().midnight().assume_utc()),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn ratings_come_back_from_every_format(rows in prop::collection::vec(exported(), 1..6)) {
        use PersonalExportFormat::*;
        for format in [LetterboxdCsv, ImdbCsv, TraktJson] {
            let read = all(open(personal(format, &rows)).unwrap().rows);
            prop_assert_eq!(read.len(), rows.len());
            rows.iter().zip(&read).for_each(|(row, read)| expect(row, read, format));
        }
    }

    #[test]
    fn all_ratings_of_an_instance_come_back(rows in prop::collection::vec(exported(), 1..6)) {
        let ratings: Vec<_> = rows.into_iter().map(|row| row.rating).collect();
        let bytes = written(|target| PortableExportFiles.ratings(Box::new(target)).unwrap(), &ratings);
        let file = in_memory("ratings.csv", bytes);
        let read: Vec<CatalogueRating> = all(ForeignCatalogueFiles.ratings(file).unwrap());
        for (rating, read) in ratings.iter().zip(&read) {
            prop_assert_eq!((read.rater, read.movie), (rating.user_id().get(), rating.movie_id().get()));
            prop_assert_eq!((read.score, read.rated_at.get()), (rating.score(), rating.created_at()));
        }
        prop_assert_eq!(read.len(), ratings.len());
    }

    #[test]
    fn all_movies_of_an_instance_come_back(movies in prop::collection::vec(movie(), 1..6)) {
        let bytes = written(|target| PortableExportFiles.movies(Box::new(target)).unwrap(), &movies);
        let file = in_memory("movies.csv", bytes);
        let read: Vec<CatalogueMovie> = all(ForeignCatalogueFiles.movies(file).unwrap());
        for (movie, read) in movies.iter().zip(&read) {
            prop_assert_eq!(read.number, Some(movie.id().get()));
            prop_assert_eq!(&read.facts, movie.facts());
        }
        prop_assert_eq!(read.len(), movies.len());
    }
}
