//! Films that nobody made, in many languages and scripts, to search among.

use crate::builders::{MovieBuilder, movie};

/// A film as far as it is found by it. Lists are separated by bars.
pub(super) struct Film {
    pub(super) title: &'static str,
    titles: &'static str,
    year: i64,
    minutes: i64,
    language: &'static str,
    countries: &'static str,
    genres: &'static str,
    pub(super) ratings: usize,
}

impl Film {
    /// The request to add it. The first of its further titles is the original one; a film without
    /// one has a blank there.
    pub(super) fn builder(&self) -> MovieBuilder {
        let mut film = movie(self.title)
            .year(self.year)
            .runtime(self.minutes)
            .countries(&list(self.countries))
            .genres(&list(self.genres));
        if !self.language.is_empty() {
            film = film.language(self.language);
        }
        match self.titles.split_once('|').unwrap_or((self.titles, "")) {
            ("", others) => film.alternative_titles(&list(others)),
            (original, others) => film.original_title(original).alternative_titles(&list(others)),
        }
    }
}

fn list(items: &'static str) -> Vec<&'static str> {
    items.split('|').filter(|item| !item.is_empty()).collect()
}

const fn film(
    title: &'static str,
    titles: &'static str,
    (year, minutes): (i64, i64),
    (language, countries): (&'static str, &'static str),
    genres: &'static str,
    ratings: usize,
) -> Film {
    Film { title, titles, year, minutes, language, countries, genres, ratings }
}

#[rustfmt::skip]
pub(super) const FILMS: [Film; 60] = [
    film("The Glass Harbour", "|Harbour of Glass", (1987, 112), ("en", "GB"), "Drama|Mystery", 40),
    film("Glass Harbour Nights", "", (1994, 98), ("en", "GB"), "Drama", 12),
    film("Harbour Lights", "", (1951, 91), ("en", "GB"), "Romance", 33),
    film("The Harbourmaster's Daughter", "", (1963, 105), ("en", "IE"), "Drama|Romance", 7),
    film("Glasshouse", "", (2004, 88), ("en", "US"), "Thriller", 55),
    film("Summer Garden", "Le Jardin d'été", (1978, 101), ("fr", "FR"), "Drama|Comedy", 25),
    film("L'Hiver, toujours", "", (1981, 134), ("fr", "FR|BE"), "Drama", 9),
    film("Enfant du canal, L'", "", (1999, 96), ("fr", "FR"), "Drama", 14),
    film("Matin, Le", "", (1966, 83), ("fr", "FR"), "Romance", 5),
    film("The Morning", "", (2011, 94), ("en", "US"), "Horror", 61),
    film("Good Morning, Lisbon", "Bom dia, Lisboa", (2008, 99), ("pt", "PT"), "Comedy", 18),
    film("Mañana", "", (1990, 118), ("es", "MX"), "Drama", 22),
    film("El faro del fin", "|The Lighthouse at the End", (1972, 110), ("es", "AR"), "Adventure", 16),
    film("The Lighthouse", "", (1958, 102), ("en", "US"), "Adventure|Drama", 48),
    film("Lighthouse, The", "", (2016, 90), ("en", "CA"), "Thriller", 30),
    film("Das Haus am Fluß", "|House by the River", (1969, 107), ("de", "DE"), "Drama", 11),
    film("Der Fluss", "", (1985, 76), ("de", "AT|DE"), "Documentary", 6),
    film("River of Salt", "Rzeka soli", (1997, 121), ("pl", "PL"), "Drama", 19),
    film("Łódź o świcie", "|Dawn over Lodz", (1975, 143), ("pl", "PL"), "War|Drama", 8),
    film("The Seventh Lantern", "第七の灯籠|Dai-nana no tōrō", (1955, 128), ("ja", "JP"), "Drama|Fantasy", 52),
    film("Lantern Street", "灯籠通り", (1962, 95), ("ja", "JP"), "Comedy", 10),
    film("東京の雨", "|Tokyo Rain", (1998, 104), ("ja", "JP"), "Romance", 28),
    film("After the Rain", "雨上がり", (2001, 100), ("ja", "JP"), "Drama", 35),
    film("Song of the Long River", "长江之歌", (1983, 240), ("zh", "CN"), "Documentary", 13),
    film("Post Office by the Sea", "海边的邮局", (1999, 97), ("zh", "CN|HK"), "Comedy|Romance", 21),
    film("Hill of Wind", "바람의 언덕", (2006, 115), ("ko", "KR"), "Drama", 44),
    film("Seoul Night", "서울의 밤", (2017, 123), ("ko", "KR"), "Crime|Thriller", 58),
    film("Night Train", "밤기차", (2012, 109), ("ko", "KR"), "Thriller", 26),
    film("Night Train to Riga", "Nakts vilciens uz Rīgu", (1967, 92), ("lv", "LV"), "Thriller", 17),
    film("The Night Trainer", "", (2013, 86), ("en", "US"), "Comedy", 4),
    film("Winter Port", "Зимний порт", (1979, 131), ("ru", "RU"), "Drama", 20),
    film("My Brother the Wind", "Брат мой, ветер", (1988, 94), ("ru", "RU"), "Drama|Family", 15),
    film("Black Sun", "Чорне сонце", (1991, 137), ("uk", "UA"), "War", 27),
    film("Black Sunday Market", "", (1973, 89), ("en", "US"), "Crime", 9),
    film("The White Harbour", "הנמל הלבן", (2009, 98), ("he", "IL"), "Drama", 12),
    film("Children of the Wind", "ילדי הרוח", (1989, 93), ("he", "IL"), "Family", 6),
    film("Cairo Night", "ليل القاهرة", (1971, 114), ("ar", "EG"), "Crime|Drama", 23),
    film("The Port", "Το λιμάνι", (1964, 88), ("el", "GR"), "Drama", 8),
    film("The Sea", "Η θάλασσα", (1976, 103), ("el", "GR"), "Drama", 5),
    film("Night Boat", "เรือกลางคืน", (2015, 91), ("th", "TH"), "Horror", 11),
    film("Rail of the Night", "रात की रेल", (1974, 156), ("hi", "IN"), "Musical|Drama", 32),
    film("Winter in Istanbul", "İstanbul'da Kış", (2014, 119), ("tr", "TR"), "Drama", 24),
    film("Smørrebrød for to", "|Sandwiches for Two", (1968, 79), ("da", "DK"), "Comedy", 7),
    film("Åsas vinter", "", (1982, 108), ("sv", "SE"), "Drama", 9),
    film("Vinterhavn", "", (2018, 95), ("no", "NO"), "Thriller", 13),
    film("8½ Minutes", "", (2003, 87), ("en", "US"), "Thriller", 29),
    film("Nine & a Half Trains", "", (1986, 116), ("en", "US"), "Drama", 3),
    film("2099", "", (1989, 111), ("en", "US"), "Sci-Fi", 36),
    film("2099: The Return", "", (1995, 117), ("en", "US"), "Sci-Fi", 18),
    film("M'Bala", "", (2010, 84), ("fr", "SN"), "Drama", 5),
    film("Q", "", (1971, 81), ("en", "US"), "Horror", 12),
    film("Quay", "", (1984, 90), ("en", "GB"), "Drama", 2),
    film("The Quiet Quarter", "", (1992, 100), ("en", "GB"), "Crime", 15),
    film("Café Zürich", "", (1977, 97), ("de", "CH"), "Comedy|Romance", 10),
    film("Caffè Zurigo", "", (1979, 99), ("it", "CH|IT"), "Comedy", 6),
    film("Il postino di notte", "|The Night Postman", (1994, 108), ("it", "IT"), "Drama", 31),
    film("Night Post", "", (1936, 24), ("en", "GB"), "Documentary", 14),
    film("Wind", "", (1928, 78), ("", "US"), "Drama", 38),
    film("The Wind, the Harbour and the Sea", "", (2019, 145), ("pt", "PT"), "Adventure", 42),
    film("Windy City Lanterns", "", (2005, 105), ("en", "US"), "Comedy|Musical", 1),
];
