use reelmark_application::ports::*;
use reelmark_sqlite::*;
use reelmark_testkit::builders::*;

struct Instant(u64);
impl Instant {
    fn cpu() -> u64 {
        std::fs::read_dir("/proc/self/task")
            .unwrap()
            .filter_map(|t| std::fs::read_to_string(t.unwrap().path().join("schedstat")).ok())
            .map(|t| t.split(' ').next().unwrap().parse::<u64>().unwrap())
            .sum()
    }
    fn now() -> Self {
        Self(Self::cpu())
    }
    fn elapsed(&self) -> std::time::Duration {
        std::time::Duration::from_nanos(Self::cpu() - self.0)
    }
}
fn rng(s: &mut u64) -> u64 {
    *s ^= *s << 13;
    *s ^= *s >> 7;
    *s ^= *s << 17;
    *s
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn build() {
    let csv = std::fs::read_to_string("/work/shared/data/starter-movies-cc0.csv").unwrap();
    let mut words: Vec<String> = vec![];
    for line in csv.lines().skip(1) {
        for w in line.split(|c: char| !c.is_alphabetic()) {
            if w.len() > 1 {
                words.push(w.to_owned());
            }
        }
    }
    let path = "/tmp/scratch50k.db";
    for e in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(format!("{path}{e}"));
    }
    let store = SqliteStore::open(path).unwrap();
    let repo = SqliteMovieRepository::new(store.clone());
    let sums = SqliteRatingSummaryRepository::new(store.clone());
    let mut s = 88172645463325252u64;
    let genres = [
        "Drama",
        "Comedy",
        "Thriller",
        "Romance",
        "Action",
        "Horror",
        "Documentary",
        "Crime",
        "Adventure",
        "Sci-Fi",
    ];
    let mut all = vec![];
    for n in 0..50_000u64 {
        let k = 1 + rng(&mut s) % 5;
        let mut t: Vec<String> =
            (0..k).map(|_| words[(rng(&mut s) % words.len() as u64) as usize].clone()).collect();
        if rng(&mut s) % 3 == 0 {
            t.insert(0, "The".into());
        }
        let g = genres[((rng(&mut s) % 10) * (rng(&mut s) % 10) / 10) as usize];
        let g2 = genres[((rng(&mut s) % 10) * (rng(&mut s) % 10) / 10) as usize];
        let mut gs = vec![g];
        if g2 != g {
            gs.push(g2);
        }
        if n % 5000 == 0 {
            gs.push("Rare");
        }
        let mut m = movie(&t.join(" "))
            .genres(&gs)
            .year(1900 + (rng(&mut s) % 125) as i64)
            .at(minute(n as i64))
            .directors(&["Some Body"])
            .synopsis(&"A synopsis that says something. ".repeat(10));
        if n % 3 == 0 {
            m = m.original_title(&format!("Le {}", t.join(" e ")));
        }
        all.push(m.insert());
    }
    let t = Instant::now();
    repo.insert_into_empty(all).await.unwrap();
    println!("insert 50k {:?}", t.elapsed());
    let t = Instant::now();
    let mut mid = 1;
    for _ in 0..100 {
        let ch = (0..1000)
            .map(|_| {
                mid += 1;
                ScoreChangeRecord {
                    message_id: mid,
                    movie_id: 1 + ((rng(&mut s) % 50_000) * (rng(&mut s) % 50_000) / 50_000) as i64,
                    old: None,
                    new: Some(1 + (rng(&mut s) % 10) as i16),
                }
            })
            .collect();
        sums.apply(ch, NOON).await.unwrap();
    }
    println!("apply 100x1000 {:?}", t.elapsed());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn time() {
    let store = SqliteStore::open("/tmp/scratch50k.db").unwrap();
    let reader = SqliteMovieReader::new(store.clone());
    for sort in [
        MovieSort::Title,
        MovieSort::ReleaseYear,
        MovieSort::WeightedScore,
        MovieSort::RatingCount,
        MovieSort::Added,
    ] {
        for (name, f) in [
            ("plain", all_movies(sort)),
            ("drama", MovieFilter { genre_key: Some("drama".into()), ..all_movies(sort) }),
            ("rare", MovieFilter { genre_key: Some("rare".into()), ..all_movies(sort) }),
            ("years", MovieFilter { year_from: Some(2030), ..all_movies(sort) }),
            (
                "search",
                MovieFilter { search: Some(search_terms("city of light")), ..all_movies(sort) },
            ),
        ] {
            let f = MovieFilter { limit: 21, ..f };
            reader.list(f.clone()).await.unwrap();
            let t = Instant::now();
            for _ in 0..3 {
                reader.list(f.clone()).await.unwrap();
            }
            let first = t.elapsed() / 3;
            // deep page
            let deep = reader.list(MovieFilter { limit: 40_000, ..f.clone() }).await.unwrap().pop();
            let d = deep.map(|d| d.position);
            let f2 = MovieFilter { after: d, ..f.clone() };
            let t = Instant::now();
            for _ in 0..3 {
                reader.list(f2.clone()).await.unwrap();
            }
            println!("{sort:?} {name}: first {first:?} deep {:?}", t.elapsed() / 3);
        }
    }
    for q in [
        "up",
        "the",
        "a",
        "casablanca",
        "casblanca",
        "the lord of the rings return of the king",
        "city of light",
        "zzzzz",
    ] {
        let f = MovieFilter { limit: 21, ..movies_like(q) };
        let n = reader.list(f.clone()).await.unwrap();
        let t = Instant::now();
        for _ in 0..3 {
            reader.list(f.clone()).await.unwrap();
        }
        let l = t.elapsed() / 3;
        let t = Instant::now();
        let c = reader.count(f.clone()).await.unwrap();
        println!(
            "search {q:?}: {l:?} found {} count {c} in {:?} first {:?}",
            n.len(),
            t.elapsed(),
            n.first().map(|m| (&m.details.movie.facts.title, &m.position))
        );
    }
    let t = Instant::now();
    for i in 0..20_000 {
        reader.find(1 + i % 50_000).await.unwrap();
    }
    println!("find {:?}", t.elapsed() / 20_000);
    let t = Instant::now();
    println!(
        "count all {} {:?}",
        reader.count(all_movies(MovieSort::Title)).await.unwrap(),
        t.elapsed()
    );
}
#[test]
fn raw() {
    let c = rusqlite::Connection::open("/tmp/scratch50k.db").unwrap();
    c.execute_batch("PRAGMA mmap_size=268435456; PRAGMA cache_size=-4096").unwrap();
    let run = |name: &str, sql: &str, iters: i64| {
        {
            let mut st = c.prepare(sql).unwrap();
            let n = st.column_count();
            for i in 0..iters {
                let mut rows = st.query([1 + i * 7 % 50_000]).unwrap();
                while let Some(r) = rows.next().unwrap() {
                    for k in 0..n {
                        let _ = r.get_ref(k).unwrap();
                    }
                }
            }
        }
        let t = Instant::now();
        let mut st = c.prepare(sql).unwrap();
        let n = st.column_count();
        for i in 0..iters {
            let mut rows = st.query([1 + i * 7 % 50_000]).unwrap();
            while let Some(r) = rows.next().unwrap() {
                for k in 0..n {
                    let _ = r.get_ref(k).unwrap();
                }
            }
        }
        println!("{name}: {:?}", t.elapsed() / iters as u32);
    };
    run(
        "movie",
        "SELECT m.id, m.title, m.directors, m.synopsis, m.version FROM movies m WHERE m.id = ?1",
        20000,
    );
    run(
        "summary",
        "SELECT h1,h2,h3,h4,h5,h6,h7,h8,h9,h10,version FROM rating_summaries WHERE movie_id = ?1",
        20000,
    );
    run(
        "join",
        "SELECT m.id, m.title, m.directors, m.synopsis, m.version,h1,h2,h3,h4,h5,h6,h7,h8,h9,h10 FROM movies m JOIN rating_summaries s ON s.movie_id=m.id WHERE m.id = ?1",
        20000,
    );
    run(
        "genres order by agg",
        "SELECT json_group_array(name ORDER BY position) FROM movie_genres WHERE movie_id = ?1",
        20000,
    );
    run(
        "genres subselect",
        "SELECT json_group_array(name) FROM (SELECT name FROM movie_genres WHERE movie_id = ?1 ORDER BY position)",
        20000,
    );
    run(
        "genres rows",
        "SELECT name FROM movie_genres WHERE movie_id = ?1 ORDER BY position",
        20000,
    );
}
#[tokio::test]
async fn finds() {
    let store = SqliteStore::open("/tmp/scratch50k.db").unwrap();
    let reader = SqliteMovieReader::new(store.clone());
    for _ in 0..3 {
        let t = Instant::now();
        for i in 0..20_000 {
            reader.find(1 + i * 7 % 50_000).await.unwrap();
        }
        println!("find {:?}", t.elapsed() / 20_000);
    }
    let t = Instant::now();
    for _ in 0..20_000 {
        reader.find(7).await.unwrap();
    }
    println!("find same {:?}", t.elapsed() / 20_000);
}
#[test]
fn reprep() {
    let c = rusqlite::Connection::open("/tmp/scratch50k.db").unwrap();
    let details = "movies.id, movies.title, summaries.h1";
    let agg = "(SELECT json_group_array(name ORDER BY position) FROM movie_genres WHERE movie_id = movies.id)";
    let sub = "(SELECT json_group_array(name) FROM (SELECT name FROM movie_genres WHERE movie_id = movies.id ORDER BY position))";
    for (n, sql) in [
        (
            "plain",
            format!(
                "SELECT {details} FROM movies JOIN rating_summaries AS summaries ON summaries.movie_id = movies.id WHERE movies.id = ?1"
            ),
        ),
        (
            "agg",
            format!(
                "SELECT {details}, {agg} FROM movies JOIN rating_summaries AS summaries ON summaries.movie_id = movies.id WHERE movies.id = ?1"
            ),
        ),
        (
            "sub",
            format!(
                "SELECT {details}, {sub} FROM movies JOIN rating_summaries AS summaries ON summaries.movie_id = movies.id WHERE movies.id = ?1"
            ),
        ),
        ("year", format!("SELECT movies.release_year FROM movies WHERE movies.id = ?1")),
        (
            "year join",
            format!(
                "SELECT movies.release_year FROM movies JOIN rating_summaries AS summaries ON summaries.movie_id = movies.id WHERE movies.id = ?1"
            ),
        ),
        (
            "weighted",
            format!(
                "SELECT summaries.weighted_score FROM rating_summaries AS summaries WHERE summaries.movie_id = ?1"
            ),
        ),
        (
            "mean",
            format!(
                "SELECT summaries.catalogue_mean FROM rating_summaries AS summaries WHERE summaries.movie_id = ?1"
            ),
        ),
        (
            "computed",
            format!(
                "SELECT summaries.computed_at FROM rating_summaries AS summaries WHERE summaries.movie_id = ?1"
            ),
        ),
        ("agg no join", format!("SELECT movies.id, {agg} FROM movies WHERE movies.id = ?1")),
        ("sub no join", format!("SELECT movies.id, {sub} FROM movies WHERE movies.id = ?1")),
    ] {
        let mut st = c.prepare(&sql).unwrap();
        for i in 1..10 {
            let mut r = st.query([i]).unwrap();
            while r.next().unwrap().is_some() {}
        }
        println!("{n}: {}", st.get_status(rusqlite::StatementStatus::RePrepare));
    }
}
#[tokio::test]
async fn deep() {
    let store = SqliteStore::open("/tmp/scratch50k.db").unwrap();
    let reader = SqliteMovieReader::new(store.clone());
    for sort in [
        MovieSort::Title,
        MovieSort::ReleaseYear,
        MovieSort::WeightedScore,
        MovieSort::RatingCount,
        MovieSort::Added,
    ] {
        let f = MovieFilter { limit: 21, ..all_movies(sort) };
        let p =
            reader.list(MovieFilter { limit: 40_000, ..f.clone() }).await.unwrap().pop().unwrap();
        let f2 = MovieFilter { after: Some(p.position), ..f.clone() };
        for f in [&f, &f2, &f, &f2] {
            reader.list(f.clone()).await.unwrap();
            let t = Instant::now();
            for _ in 0..100 {
                reader.list(f.clone()).await.unwrap();
            }
            print!("{:?} ", t.elapsed() / 100);
        }
        println!("deep {sort:?}");
    }
}
#[test]
fn plans() {
    let c = rusqlite::Connection::open("/tmp/scratch50k.db").unwrap();
    for sql in [
        "SELECT id FROM movies WHERE (title_key, id) > (?1, ?2) ORDER BY title_key, id LIMIT 21",
        "SELECT id FROM movies WHERE (created_at, id) < (?1, ?2) ORDER BY created_at DESC, id DESC LIMIT 21",
        "SELECT movie_id FROM rating_summaries WHERE (weighted_score, movie_id) < (?1, ?2) ORDER BY weighted_score DESC, movie_id DESC LIMIT 21",
        "SELECT id FROM movies WHERE (coalesce(release_year,0), id) < (?1, ?2) ORDER BY coalesce(release_year,0) DESC, id DESC LIMIT 21",
        "SELECT movie_id FROM rating_summaries WHERE weighted_score <= ?1 AND (weighted_score < ?1 OR movie_id < ?2) ORDER BY weighted_score DESC, movie_id DESC LIMIT 21",
        "SELECT r.score FROM ratings r WHERE r.movie_id = ?3 AND (r.updated_at, r.user_id) < (?1, ?2) ORDER BY r.updated_at DESC, r.user_id DESC LIMIT 21",
    ] {
        let mut st = c.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
        println!("-- {sql}");
        let mut r = st
            .query(rusqlite::params_from_iter(std::iter::repeat_n(1, st.parameter_count())))
            .unwrap();
        while let Some(row) = r.next().unwrap() {
            println!("   {}", row.get::<_, String>(3).unwrap());
        }
    }
}
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn puts() {
    let folder = tempfile::tempdir_in("/tmp").unwrap();
    let store = SqliteStore::open(folder.path().join("x.db")).unwrap();
    let movies = SqliteMovieRepository::new(store.clone());
    let users = SqliteUserRepository::new(store.clone());
    let ratings = std::sync::Arc::new(SqliteRatingRepository::new(store.clone()));
    movies.insert_into_empty((0..5000).map(|n| movie(&format!("Movie {n}")).insert()).collect()).await.unwrap();
    for n in 0..500 { users.insert(insert_user(&format!("user-{n}"))).await.unwrap(); }
    for (tasks, each) in [(64u64, 500u64), (64, 500), (256, 200), (1, 1000)] {
        let wall = std::time::Instant::now();
        let cpu = Instant::now();
        let mut set = tokio::task::JoinSet::new();
        for t in 0..tasks {
            let ratings = ratings.clone();
            set.spawn(async move {
                let mut s = 88172645463325252u64 ^ (t + 1) * 7919 ^ tasks * 104729;
                for _ in 0..each { 
                    ratings.put(put_rating(1 + (rng(&mut s) % 500) as i64, 1 + (rng(&mut s) % 5000) as i64, 1 + (rng(&mut s) % 10) as i16)).await.unwrap().unwrap();
                }
            });
        }
        set.join_all().await;
        println!("puts {tasks}: {:.0}/s, cpu {:?}", (tasks * each) as f64 / wall.elapsed().as_secs_f64(), cpu.elapsed() / (tasks * each) as u32);
    }
    println!("puts size {}", std::fs::metadata(folder.path().join("x.db")).unwrap().len());
}
