use reelmark_domain::search_key;

/// Words, or beginnings of words, that the kinds of titles which are no movies have in the
/// languages that IMDb's lists come in.
const NO_MOVIE: [&str; 26] = [
    "series",
    "serie",
    "tvseries",
    "tvminiseries",
    "miniserie",
    "miniseries", // many languages
    "fernsehserie",
    "sorozat",
    "serial",
    "сериал",
    "мини",
    "シリーズ",
    "सीरीज", // German, Hungarian, …
    "episod",
    "tvepisode",
    "folge",
    "puntata",
    "эпизод",
    "エピソード", // episodes
    "game",
    "videogame",
    "videospiel",
    "jeu",
    "videojuego",
    "videogioco", // games
    "podcast",    // podcasts
];

/// Whether a kind of title, in any of those languages, is known to be no movie. What isn't known
/// passes, since a movie is looked up by its id all the same.
pub(super) fn is_no_movie(kind: &str) -> bool {
    let key = search_key(kind);
    let is_video = key.split(' ').any(|word| matches!(word, "music" | "musikvideo"));
    let no_movie = NO_MOVIE.map(search_key);
    is_video || key.split(' ').any(|word| no_movie.iter().any(|no| word.starts_with(no)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn movies_pass_in_every_language() {
        let movies = [
            "",
            "movie",
            "Movie",
            "Film",
            "Película",
            "Filme",
            "Feature Film",
            "TV Movie",
            "Téléfilm",
            "Fernsehfilm",
            "Short",
            "Kurzfilm",
            "Corto",
            "Video",
            "TV Special",
            "Documentary",
            "फ़िल्म",
        ];
        for kind in movies {
            assert!(!is_no_movie(kind), "{kind}");
        }
    }

    #[test]
    fn series_episodes_and_games_do_not() {
        let others = [
            "TV Series",
            "tvSeries",
            "TV Mini Series",
            "TV Mini-Series",
            "Mini-Series",
            "TV Episode",
            "tvEpisode",
            "Fernsehserie",
            "TV-Serie",
            "Miniserie",
            "Folge",
            "Série TV",
            "Série télévisée",
            "Épisode TV",
            "Serie de TV",
            "Episodio de TV",
            "Serie TV",
            "Episodio TV",
            "Série de TV",
            "Episódio de TV",
            "Video Game",
            "videoGame",
            "Videospiel",
            "Jeu vidéo",
            "Videojuego",
            "Music Video",
            "Podcast Series",
            "Podcast Episode",
            "Podcast-Folge",
            "टीवी सीरीज़",
        ];
        for kind in others {
            assert!(is_no_movie(kind), "{kind}");
        }
    }
}
