//! What people look for among the films, and what they find: the same in the same order on every
//! engine.

use reelmark_application::ports::{MovieFilter, MovieSort};

/// What people type, and all they find in [`FILMS`], best match first.
#[rustfmt::skip]
pub(super) const SEARCHES: &[(&str, &[&str])] = &[
    ("glass harbour", &["Glass Harbour Nights", "The Glass Harbour", "The Wind, the Harbour and the Sea", "Harbour Lights", "The White Harbour", "The Harbourmaster's Daughter"]),
    ("GLASS HARBOR", &["The Glass Harbour", "Glass Harbour Nights", "The Wind, the Harbour and the Sea", "Harbour Lights", "The White Harbour"]),
    ("harbour of glass", &["The Glass Harbour", "Glass Harbour Nights", "The Wind, the Harbour and the Sea", "Harbour Lights", "The White Harbour", "The Harbourmaster's Daughter"]),
    ("Glass Harbour, The", &["The Glass Harbour", "Glass Harbour Nights", "The Wind, the Harbour and the Sea", "The White Harbour", "The Harbourmaster's Daughter", "Harbour Lights"]),
    ("harbour", &["The Glass Harbour", "Harbour Lights", "The Wind, the Harbour and the Sea", "The White Harbour", "Glass Harbour Nights", "The Harbourmaster's Daughter"]),
    ("haarbour", &["The Wind, the Harbour and the Sea", "The Glass Harbour", "Harbour Lights", "The White Harbour", "Glass Harbour Nights"]),
    ("lighthouse", &["The Lighthouse", "Lighthouse, The", "El faro del fin"]),
    ("Lighthouse, The", &["The Lighthouse", "Lighthouse, The", "El faro del fin", "Das Haus am Fluß", "Rail of the Night", "Il postino di notte", "The Night Trainer"]),
    ("lihgthouse", &["The Lighthouse", "Lighthouse, The", "El faro del fin"]),
    ("le matin", &["Matin, Le", "Summer Garden"]),
    ("Matin, Le", &["Matin, Le", "Summer Garden"]),
    ("morning the", &["The Morning", "Good Morning, Lisbon", "My Brother the Wind", "Song of the Long River"]),
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
    ("night train", &["Night Train", "Night Train to Riga", "The Night Trainer", "Rail of the Night", "Il postino di notte", "Nine & a Half Trains", "Seoul Night", "Cairo Night", "Night Post", "Night Boat", "Glass Harbour Nights", "After the Rain", "東京の雨"]),
    ("nigth train", &["Night Train", "Night Train to Riga", "The Night Trainer", "Nine & a Half Trains", "Rail of the Night", "After the Rain", "Il postino di notte", "東京の雨", "Seoul Night", "Cairo Night", "Night Post", "Night Boat"]),
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
    ("wind", &["Wind", "Windy City Lanterns", "Hill of Wind", "The Wind, the Harbour and the Sea", "My Brother the Wind", "Children of the Wind"]),
    ("postman night", &["Il postino di notte", "Night Post", "Seoul Night", "Rail of the Night", "Night Train", "Cairo Night", "Night Train to Riga", "Night Boat", "The Night Trainer"]),
    ("zzzz", &[]),
];

/// What people have typed so far, and what is suggested, best first.
#[rustfmt::skip]
pub(super) const TYPED: &[(&str, &[&str])] = &[
    ("g", &["Glasshouse", "The Glass Harbour", "Summer Garden", "Good Morning, Lisbon", "Glass Harbour Nights"]),
    ("glass h", &["The Glass Harbour", "Glass Harbour Nights"]),
    ("the li", &["The Lighthouse", "Lighthouse, The", "El faro del fin"]),
    ("lighth", &["The Lighthouse", "Lighthouse, The", "El faro del fin"]),
    ("le m", &["Matin, Le"]),
    ("matin, l", &["Matin, Le"]),
    ("m", &["The Morning", "8½ Minutes", "Mañana", "Good Morning, Lisbon", "My Brother the Wind", "Black Sunday Market", "M'Bala", "Matin, Le"]),
    ("night", &["Seoul Night", "Rail of the Night", "Il postino di notte", "Night Train", "Cairo Night", "Night Train to Riga", "Night Post", "Glass Harbour Nights", "Night Boat", "The Night Trainer"]),
    ("night t", &["Rail of the Night", "Il postino di notte", "Night Train", "Night Train to Riga", "The Night Trainer"]),
    ("wind", &["Wind", "Hill of Wind", "The Wind, the Harbour and the Sea", "My Brother the Wind", "Children of the Wind", "Windy City Lanterns"]),
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
    ("harbour th", &["The Wind, the Harbour and the Sea", "The Glass Harbour", "The White Harbour", "The Harbourmaster's Daughter"]),
    ("atrix", &[]),
    ("zz", &[]),
];

/// Narrows a search or a list.
pub(super) type Narrow = fn(MovieFilter) -> MovieFilter;

/// A search, or a list by title where nothing is typed; how it is narrowed; and all that is found.
#[rustfmt::skip]
pub(super) const NARROWED: &[(&str, Narrow, &[&str])] = &[
    ("", |all| MovieFilter { genre_keys: keys(&["drama", "romance"]), ..all }, &["The Harbourmaster's Daughter"]),
    ("", |all| MovieFilter { genre_keys: keys(&["comedy"]), country: code("CH"), ..all }, &["Café Zürich", "Caffè Zurigo"]),
    ("", |all| MovieFilter { country: code("FR"), ..all }, &["Matin, Le", "Enfant du canal, L'", "L'Hiver, toujours", "Summer Garden"]),
    ("", |all| MovieFilter { language: code("fr"), runtime_to: Some(100), ..all }, &["Matin, Le", "Enfant du canal, L'", "M'Bala"]),
    ("", |all| MovieFilter { runtime_from: Some(140), sort: MovieSort::RatingCount, ..all }, &["The Wind, the Harbour and the Sea", "Rail of the Night", "Song of the Long River", "Łódź o świcie"]),
    ("", |all| MovieFilter { language: code("ja"), min_ratings: 30, sort: MovieSort::ReleaseYear, ..all }, &["After the Rain", "The Seventh Lantern"]),
    ("night", |all| all, &["Night Train", "Night Train to Riga", "Night Post", "Night Boat", "Seoul Night", "Rail of the Night", "Il postino di notte", "Cairo Night", "The Night Trainer", "Glass Harbour Nights"]),
    ("night", |all| MovieFilter { language: code("ko"), ..all }, &["Night Train", "Seoul Night"]),
    ("night", |all| MovieFilter { genre_keys: keys(&["thriller"]), year_from: Some(2000), ..all }, &["Night Train", "Seoul Night"]),
    ("night", |all| MovieFilter { genre_keys: keys(&["drama", "crime"]), ..all }, &["Cairo Night"]),
    ("night", |all| MovieFilter { sort: MovieSort::ReleaseYear, year_to: Some(1999), ..all }, &["Il postino di notte", "Glass Harbour Nights", "Rail of the Night", "Cairo Night", "Night Train to Riga", "Night Post"]),
    ("harbour", |all| MovieFilter { country: code("GB"), sort: MovieSort::Title, ..all }, &["Glass Harbour Nights", "Harbour Lights", "The Glass Harbour"]),
    ("lighthouse", |all| MovieFilter { country: code("CA"), ..all }, &["Lighthouse, The"]),
    ("wind", |all| MovieFilter { runtime_from: Some(90), runtime_to: Some(110), ..all }, &["Windy City Lanterns", "My Brother the Wind", "Children of the Wind"]),
    ("雨", |all| MovieFilter { min_ratings: 30, ..all }, &["After the Rain"]),
    ("winter", |all| MovieFilter { language: code("en"), ..all }, &[]),
];

fn keys(keys: &[&str]) -> Vec<String> {
    keys.iter().map(|key| (*key).to_owned()).collect()
}

fn code(code: &str) -> Option<String> {
    Some(code.to_owned())
}
