//! The contracts of `MovieReader`: what people find in a catalogue of many languages, in which order.

use reelmark_application::ports::{MovieFilter, MovieSort, SuggestionRecord};
use reelmark_domain::SUGGEST_BOUNDS;

use super::Stores;
use super::films::FILMS;
use super::movie_reader::assert_pages_hold_all;
use crate::builders::{NOON, all_movies, movie, movies_like, search_terms};

/// What people type, and all they find in [`FILMS`], best match first.
const SEARCHES: &[(&str, &[&str])] = &[
    (
        "glass harbour",
        &[
            "Glass Harbour Nights",
            "The Glass Harbour",
            "The Wind, the Harbour and the Sea",
            "Harbour Lights",
            "The White Harbour",
            "The Harbourmaster's Daughter",
        ],
    ),
    (
        "GLASS HARBOR",
        &[
            "The Glass Harbour",
            "Glass Harbour Nights",
            "The Wind, the Harbour and the Sea",
            "Harbour Lights",
            "The White Harbour",
        ],
    ),
    (
        "harbour of glass",
        &[
            "The Glass Harbour",
            "Glass Harbour Nights",
            "The Wind, the Harbour and the Sea",
            "Harbour Lights",
            "The White Harbour",
            "The Harbourmaster's Daughter",
        ],
    ),
    (
        "Glass Harbour, The",
        &[
            "The Glass Harbour",
            "Glass Harbour Nights",
            "The Wind, the Harbour and the Sea",
            "The White Harbour",
            "The Harbourmaster's Daughter",
            "Harbour Lights",
        ],
    ),
    (
        "harbour",
        &[
            "The Glass Harbour",
            "Harbour Lights",
            "The Wind, the Harbour and the Sea",
            "The White Harbour",
            "Glass Harbour Nights",
            "The Harbourmaster's Daughter",
        ],
    ),
    (
        "haarbour",
        &[
            "The Wind, the Harbour and the Sea",
            "The Glass Harbour",
            "Harbour Lights",
            "The White Harbour",
            "Glass Harbour Nights",
        ],
    ),
    ("lighthouse", &["The Lighthouse", "Lighthouse, The", "El faro del fin"]),
    (
        "Lighthouse, The",
        &[
            "The Lighthouse",
            "Lighthouse, The",
            "El faro del fin",
            "Das Haus am Fluß",
            "Rail of the Night",
            "Il postino di notte",
            "The Night Trainer",
        ],
    ),
    ("lihgthouse", &["The Lighthouse", "Lighthouse, The", "El faro del fin"]),
    ("le matin", &["Matin, Le", "Summer Garden"]),
    ("Matin, Le", &["Matin, Le", "Summer Garden"]),
    (
        "morning the",
        &["The Morning", "Good Morning, Lisbon", "My Brother the Wind", "Song of the Long River"],
    ),
    ("l’enfant du canal", &["Enfant du canal, L'"]),
    ("canal", &["Enfant du canal, L'"]),
    ("LE JARDIN D'ETE", &["Summer Garden"]),
    ("manana", &["Mañana"]),
    ("faro", &["El faro del fin"]),
    ("haus am fluss", &["Das Haus am Fluß", "Der Fluss"]),
    ("FLUẞ", &["Das Haus am Fluß", "Der Fluss"]),
    ("rzeka soli", &["River of Salt"]),
    ("lodz", &["Łódź o świcie"]),
    ("łódź", &["Łódź o świcie"]),
    ("第七の灯籠", &["The Seventh Lantern"]),
    ("灯籠", &["Lantern Street", "The Seventh Lantern"]),
    ("dai nana no toro", &["The Seventh Lantern"]),
    ("東京", &["東京の雨"]),
    ("雨", &["After the Rain", "東京の雨"]),
    ("tokyo rain", &["東京の雨", "After the Rain", "Night Train to Riga"]),
    ("长江", &["Song of the Long River"]),
    ("邮局", &["Post Office by the Sea"]),
    ("바람의 언덕", &["Hill of Wind"]),
    ("서울", &["Seoul Night"]),
    ("밤", &["Night Train", "Seoul Night"]),
    (
        "night train",
        &[
            "Night Train",
            "Night Train to Riga",
            "The Night Trainer",
            "Rail of the Night",
            "Il postino di notte",
            "Nine & a Half Trains",
            "Seoul Night",
            "Cairo Night",
            "Night Post",
            "Night Boat",
            "Glass Harbour Nights",
            "After the Rain",
            "東京の雨",
        ],
    ),
    (
        "nigth train",
        &[
            "Night Train",
            "Night Train to Riga",
            "The Night Trainer",
            "Nine & a Half Trains",
            "Rail of the Night",
            "After the Rain",
            "Il postino di notte",
            "東京の雨",
            "Seoul Night",
            "Cairo Night",
            "Night Post",
            "Night Boat",
        ],
    ),
    ("зимний порт", &["Winter Port"]),
    ("ВЕТЕР", &["My Brother the Wind"]),
    ("сонце", &["Black Sun"]),
    ("הנמל", &["The White Harbour"]),
    ("הרוח", &["Children of the Wind"]),
    ("القاهرة", &["Cairo Night"]),
    ("λιμανι", &["The Port"]),
    ("กลางคืน", &["Night Boat"]),
    ("रात", &["Rail of the Night"]),
    ("istanbul", &["Winter in Istanbul"]),
    ("İSTANBUL", &["Winter in Istanbul"]),
    ("smorrebrod", &["Smørrebrød for to"]),
    ("asas vinter", &["Åsas vinter", "Vinterhavn", "Winter in Istanbul", "Winter Port"]),
    ("8 1/2 minutes", &["8½ Minutes"]),
    ("nine and a half trains", &["Nine & a Half Trains"]),
    ("2099", &["2099", "2099: The Return"]),
    ("m'bala", &["M'Bala"]),
    ("q", &["Q", "Quay", "The Quiet Quarter"]),
    ("qu", &["Quay", "The Quiet Quarter"]),
    ("cafe zurich", &["Café Zürich", "Caffè Zurigo"]),
    (
        "wind",
        &[
            "Wind",
            "Windy City Lanterns",
            "Hill of Wind",
            "The Wind, the Harbour and the Sea",
            "My Brother the Wind",
            "Children of the Wind",
        ],
    ),
    (
        "postman night",
        &[
            "Il postino di notte",
            "Night Post",
            "Seoul Night",
            "Rail of the Night",
            "Night Train",
            "Cairo Night",
            "Night Train to Riga",
            "Night Boat",
            "The Night Trainer",
        ],
    ),
    ("zzzz", &[]),
];

/// What people have typed so far, and what is suggested, best first.
const TYPED: &[(&str, &[&str])] = &[
    (
        "g",
        &[
            "Glasshouse",
            "The Glass Harbour",
            "Summer Garden",
            "Good Morning, Lisbon",
            "Glass Harbour Nights",
        ],
    ),
    ("glass h", &["The Glass Harbour", "Glass Harbour Nights"]),
    ("the li", &["The Lighthouse", "Lighthouse, The", "El faro del fin"]),
    ("lighth", &["The Lighthouse", "Lighthouse, The", "El faro del fin"]),
    ("le m", &["Matin, Le"]),
    ("matin, l", &["Matin, Le"]),
    (
        "m",
        &[
            "The Morning",
            "8½ Minutes",
            "Mañana",
            "Good Morning, Lisbon",
            "My Brother the Wind",
            "Black Sunday Market",
            "M'Bala",
            "Matin, Le",
        ],
    ),
    (
        "night",
        &[
            "Seoul Night",
            "Rail of the Night",
            "Il postino di notte",
            "Night Train",
            "Cairo Night",
            "Night Train to Riga",
            "Night Post",
            "Glass Harbour Nights",
            "Night Boat",
            "The Night Trainer",
        ],
    ),
    (
        "night t",
        &[
            "Rail of the Night",
            "Il postino di notte",
            "Night Train",
            "Night Train to Riga",
            "The Night Trainer",
        ],
    ),
    (
        "wind",
        &[
            "Wind",
            "Hill of Wind",
            "The Wind, the Harbour and the Sea",
            "My Brother the Wind",
            "Children of the Wind",
            "Windy City Lanterns",
        ],
    ),
    ("東", &["東京の雨"]),
    ("雨", &["After the Rain", "東京の雨"]),
    ("灯", &["The Seventh Lantern", "Lantern Street"]),
    ("서", &["Seoul Night"]),
    ("바람", &["Hill of Wind"]),
    ("вет", &["My Brother the Wind"]),
    ("зимний п", &["Winter Port"]),
    ("הנ", &["The White Harbour"]),
    ("القا", &["Cairo Night"]),
    ("2099", &["2099", "2099: The Return"]),
    ("q", &["Q", "The Quiet Quarter", "Quay"]),
    (
        "harbour th",
        &[
            "The Wind, the Harbour and the Sea",
            "The Glass Harbour",
            "The White Harbour",
            "The Harbourmaster's Daughter",
        ],
    ),
    ("atrix", &[]),
    ("zz", &[]),
];

/// Narrows a search or a list.
type Narrow = fn(MovieFilter) -> MovieFilter;

/// A search, or a list by title where nothing is typed; how it is narrowed; and all that is found.
const NARROWED: &[(&str, Narrow, &[&str])] = &[
    (
        "",
        |all| MovieFilter { genre_keys: keys(&["drama", "romance"]), ..all },
        &["The Harbourmaster's Daughter"],
    ),
    (
        "",
        |all| MovieFilter { genre_keys: keys(&["comedy"]), country: code("CH"), ..all },
        &["Café Zürich", "Caffè Zurigo"],
    ),
    (
        "",
        |all| MovieFilter { country: code("FR"), ..all },
        &["Matin, Le", "Enfant du canal, L'", "L'Hiver, toujours", "Summer Garden"],
    ),
    (
        "",
        |all| MovieFilter { language: code("fr"), runtime_to: Some(100), ..all },
        &["Matin, Le", "Enfant du canal, L'", "M'Bala"],
    ),
    (
        "",
        |all| MovieFilter { runtime_from: Some(140), sort: MovieSort::RatingCount, ..all },
        &[
            "The Wind, the Harbour and the Sea",
            "Rail of the Night",
            "Song of the Long River",
            "Łódź o świcie",
        ],
    ),
    (
        "",
        |all| MovieFilter {
            language: code("ja"),
            min_ratings: 30,
            sort: MovieSort::ReleaseYear,
            ..all
        },
        &["After the Rain", "The Seventh Lantern"],
    ),
    (
        "night",
        |all| all,
        &[
            "Night Train",
            "Night Train to Riga",
            "Night Post",
            "Night Boat",
            "Seoul Night",
            "Rail of the Night",
            "Il postino di notte",
            "Cairo Night",
            "The Night Trainer",
            "Glass Harbour Nights",
        ],
    ),
    ("night", |all| MovieFilter { language: code("ko"), ..all }, &["Night Train", "Seoul Night"]),
    (
        "night",
        |all| MovieFilter { genre_keys: keys(&["thriller"]), year_from: Some(2000), ..all },
        &["Night Train", "Seoul Night"],
    ),
    ("night", |all| MovieFilter { genre_keys: keys(&["drama", "crime"]), ..all }, &["Cairo Night"]),
    (
        "night",
        |all| MovieFilter { sort: MovieSort::ReleaseYear, year_to: Some(1999), ..all },
        &[
            "Il postino di notte",
            "Glass Harbour Nights",
            "Rail of the Night",
            "Cairo Night",
            "Night Train to Riga",
            "Night Post",
        ],
    ),
    (
        "harbour",
        |all| MovieFilter { country: code("GB"), sort: MovieSort::Title, ..all },
        &["Glass Harbour Nights", "Harbour Lights", "The Glass Harbour"],
    ),
    ("lighthouse", |all| MovieFilter { country: code("CA"), ..all }, &["Lighthouse, The"]),
    (
        "wind",
        |all| MovieFilter { runtime_from: Some(90), runtime_to: Some(110), ..all },
        &["Windy City Lanterns", "My Brother the Wind", "Children of the Wind"],
    ),
    ("雨", |all| MovieFilter { min_ratings: 30, ..all }, &["After the Rain"]),
    ("winter", |all| MovieFilter { language: code("en"), ..all }, &[]),
];

pub async fn people_find_what_they_mean_in_every_script(stores: Stores) {
    add_all(&stores).await;

    for (text, expected) in SEARCHES {
        let found = stores.titles(movies_like(text)).await;
        assert_eq!(found, *expected, "searching {text:?}");
    }
}

pub async fn what_is_narrowed_is_found_in_the_same_order(stores: Stores) {
    add_all(&stores).await;

    for (n, (text, narrow, expected)) in NARROWED.iter().enumerate() {
        let filter =
            narrow(if text.is_empty() { all_movies(MovieSort::Title) } else { movies_like(text) });
        let found = stores.titles(filter.clone()).await;
        assert_eq!(found, *expected, "number {n}, {text:?}");
        let count = stores.movie_reader.count(filter).await.unwrap();
        assert_eq!(count, expected.len() as u64, "number {n}, {text:?}");
    }
}

pub async fn what_people_type_is_completed_best_first(stores: Stores) {
    add_all(&stores).await;

    for (text, expected) in TYPED {
        let found = stores.movie_reader.suggest(search_terms(text), 10).await.unwrap();
        let titles: Vec<_> = found.into_iter().map(|found| found.title).collect();
        assert_eq!(titles, *expected, "typing {text:?}");
    }
}

pub async fn pages_of_a_narrowed_list_hold_every_movie_once(stores: Stores) {
    add_all(&stores).await;

    for (text, narrow, _) in NARROWED.iter().filter(|(.., expected)| expected.len() > 2) {
        let all = if text.is_empty() { all_movies(MovieSort::Title) } else { movies_like(text) };
        assert_pages_hold_all(&stores, narrow(all)).await;
    }
}

pub async fn a_suggestion_says_what_it_takes_to_choose(stores: Stores) {
    let matrix = movie("The Matrix").original_title("Матрица").year(1999);
    let id = stores.add(matrix).await;
    let unrated = stores.add_movie("Matrix Nights").await;
    stores.count_in(id, &[7, 9]).await;

    let found = stores.movie_reader.suggest(search_terms("matr"), 10).await.unwrap();

    let rated = SuggestionRecord {
        id,
        title: "The Matrix".into(),
        original_title: Some("Матрица".into()),
        release_year: Some(1999),
        rating_count: 2,
        weighted_score: 8.0,
    };
    assert_eq!(found[0], rated);
    let (id, score) = (found[1].id, found[1].weighted_score);
    assert_eq!((id, found[1].rating_count, score, found.len()), (unrated, 0, 0.0, 2));
}

pub async fn no_more_is_suggested_than_asked_for(stores: Stores) {
    add_all(&stores).await;

    for limit in [1, 3, 8] {
        let found = stores.movie_reader.suggest(search_terms("n"), limit).await.unwrap();
        let most = stores.movie_reader.suggest(search_terms("n"), 10).await.unwrap();
        assert_eq!(found, most[..limit.min(most.len())]);
    }
}

pub async fn of_what_many_titles_begin_with_the_most_popular_are_suggested(stores: Stores) {
    let more = SUGGEST_BOUNDS.of_word + 50;
    let movies = (0..more).map(|n| movie(&format!("Common {n:03}")).insert());
    stores.movies.insert_into_empty(movies.collect()).await.unwrap();
    let first = stores.list(movies_like("common 000")).await.remove(0).details.movie;
    let whole = stores.list(movies_like("common 007")).await.remove(0).details.movie;
    stores.count_in(first.id, &[7; 5]).await;

    for text in ["c", "com", "common"] {
        let found = stores.movie_reader.suggest(search_terms(text), 10).await.unwrap();
        assert_eq!((found.len(), found[0].id), (10, first.id), "typing {text:?}");
    }
    let found = stores.movie_reader.suggest(search_terms("common 007"), 10).await.unwrap();
    assert_eq!((found.len(), found[0].id), (1, whole.id));
}

pub async fn genres_are_counted_and_come_by_name(stores: Stores) {
    assert_eq!(stores.movie_reader.list_genres().await.unwrap(), []);
    let film_noir = stores.add(movie("Laura").genres(&["Film-Noir", "Drama"])).await;
    stores.add(movie("Gilda").genres(&["film noir", "Älteres"])).await;
    let counted = async || {
        let genres = stores.movie_reader.list_genres().await.unwrap();
        genres.into_iter().map(|genre| (genre.name, genre.movie_count)).collect::<Vec<_>>()
    };
    let genre = |name: &str, count| (name.to_owned(), count);

    let expected = [genre("Älteres", 1), genre("Drama", 1), genre("Film-Noir", 2)];
    assert_eq!(counted().await, expected);
    stores.movies.remove(film_noir, NOON).await.unwrap();
    assert_eq!(counted().await, [genre("Älteres", 1), genre("film noir", 1)]);
}

fn keys(keys: &[&str]) -> Vec<String> {
    keys.iter().map(|key| (*key).to_owned()).collect()
}

fn code(code: &str) -> Option<String> {
    Some(code.to_owned())
}

/// Adds [`FILMS`] with their ratings.
async fn add_all(stores: &Stores) {
    for film in FILMS {
        let id = stores.add(film.builder()).await;
        stores.count_in(id, &vec![7; film.ratings]).await;
    }
}

/// Declares one test per contract of `MovieReader`: finding in every language.
#[macro_export]
macro_rules! movie_finding_contracts {
    ($fresh_stores:ident) => {
        $crate::contract_tests! { movie_finding, $fresh_stores,
            people_find_what_they_mean_in_every_script,
            what_is_narrowed_is_found_in_the_same_order,
            what_people_type_is_completed_best_first,
            pages_of_a_narrowed_list_hold_every_movie_once,
            a_suggestion_says_what_it_takes_to_choose,
            no_more_is_suggested_than_asked_for,
            of_what_many_titles_begin_with_the_most_popular_are_suggested,
            genres_are_counted_and_come_by_name,
        }
    };
}
