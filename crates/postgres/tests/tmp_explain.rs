use reelmark_application::ports::*;
use reelmark_postgres::*;
use reelmark_testkit::builders::{all_movies, search_terms};
use std::time::Instant;
use tokio::runtime::Handle;

#[tokio::test(flavor = "multi_thread")]
#[ignore]
async fn explain() {
    let url = std::env::vars().find(|(k, _)| k == "EXPLAIN_URL").unwrap().1;
    let store = PostgresStore::connect(&PostgresConfig::new(url), Handle::current()).unwrap();
    let reader = PostgresMovieReader::new(store);
    let page = |sort| MovieFilter { limit: 20, ..all_movies(sort) };
    let mut cases: Vec<(String, MovieFilter)> = vec![];
    use MovieSort::*;
    for sort in [Title, ReleaseYear, WeightedScore, RatingCount, Added] {
        cases.push((format!("{sort:?} page 1"), page(sort)));
        let deep = MovieFilter { limit: 40_000, ..page(sort) };
        let t = Instant::now();
        let place = reader.list(deep).await.unwrap().pop().unwrap().position;
        println!("40000 rows {:?}", t.elapsed());
        cases.push((format!("{sort:?} deep"), MovieFilter { after: Some(place), ..page(sort) }));
        cases.push((
            format!("{sort:?} rare genre"),
            MovieFilter { genre_key: Some("rare".into()), ..page(sort) },
        ));
        cases.push((
            format!("{sort:?} drama"),
            MovieFilter { genre_key: Some("drama".into()), ..page(sort) },
        ));
        cases.push((
            format!("{sort:?} 1950s"),
            MovieFilter { year_from: Some(1950), year_to: Some(1952), ..page(sort) },
        ));
        cases.push((format!("{sort:?} min 1000"), MovieFilter { min_ratings: 1000, ..page(sort) }));
        cases.push((
            format!("{sort:?} search night"),
            MovieFilter { search: Some(search_terms("night")), ..page(sort) },
        ));
        cases.push((
            format!("{sort:?} search raretypo"),
            MovieFilter { search: Some(search_terms("xyzzykola")), ..page(sort) },
        ));
    }
    for text in ["a", "the night of the dead", "bacado", "nigth", "xyzzy"] {
        cases.push((
            format!("relevance {text}"),
            MovieFilter { search: Some(search_terms(text)), ..page(Relevance) },
        ));
    }
    for (name, filter) in &cases {
        let mut best = f64::MAX;
        let mut n = 0;
        for _ in 0..5 {
            let t = Instant::now();
            n = reader.list(filter.clone()).await.unwrap().len();
            best = best.min(t.elapsed().as_secs_f64() * 1e3);
        }
        let t = Instant::now();
        let count = reader.count(filter.clone()).await.unwrap();
        println!("{name:40} {best:8.2} ms {n} rows; count {count} {:?}", t.elapsed());
    }
    let ids: Vec<i64> = (1..=2000).collect();
    let t = Instant::now();
    for id in &ids {
        reader.find(*id).await.unwrap();
    }
    println!("find {:?}", t.elapsed() / 2000);
}
