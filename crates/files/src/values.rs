//! Values that many formats write alike.

use reelmark_domain::{
    AlternativeTitles, ExternalIds, Genre, Genres, ImdbId, MovieLensId, ReleaseYear, Title, TmdbId,
    ValueError, tidy_title,
};
use time::OffsetDateTime;

/// Reads a whole number that fits 64 bits.
pub(crate) fn number(raw: &str) -> Result<i64, ValueError> {
    let malformed = ValueError::Malformed { expected: "a whole number of at most 64 bits" };
    raw.parse().map_err(|_| malformed)
}

/// Reads a number that somebody counts with: from 1 on.
pub(crate) fn counter(raw: &str) -> Result<i64, ValueError> {
    match number(raw)? {
        actual if actual < 1 => Err(ValueError::OutOfRange { min: 1, max: i64::MAX, actual }),
        number => Ok(number),
    }
}

pub(crate) fn movielens_id(raw: &str) -> Result<MovieLensId, ValueError> {
    MovieLensId::parse(number(raw)?)
}

pub(crate) fn tmdb_id(raw: &str) -> Result<TmdbId, ValueError> {
    TmdbId::parse(number(raw)?)
}

/// Takes an id for missing when it is 0, which some lists write for nothing.
pub(crate) fn unless_zero<T>(
    parse: impl FnOnce(&str) -> Result<T, ValueError>,
) -> impl FnOnce(&str) -> Result<Option<T>, ValueError> {
    move |raw| if raw.bytes().all(|b| b == b'0') { Ok(None) } else { parse(raw).map(Some) }
}

pub(crate) fn title(raw: &str) -> Result<Title, ValueError> {
    Title::parse(&tidy_title(raw))
}

/// The further titles of a [`WrittenTitle`](reelmark_domain::WrittenTitle); one line has fewer than
/// a movie may have, or is none of a movie.
pub(crate) fn further_titles(titles: Vec<Title>) -> AlternativeTitles {
    let kept = titles.into_iter().take(AlternativeTitles::MAX).collect();
    AlternativeTitles::new(kept).unwrap_or_default()
}

/// Reads years as movies of today can have them.
pub(crate) fn year(now: OffsetDateTime) -> impl Fn(&str) -> Result<ReleaseYear, ValueError> {
    move |raw| ReleaseYear::parse(number(raw)?, now.year())
}

/// Takes a list of genres apart, in which one may stand twice.
pub(crate) fn genres(raw: &str, separator: char) -> Result<Genres, ValueError> {
    let mut genres: Vec<Genre> = vec![];
    for name in raw.split(separator).map(str::trim).filter(|name| is_genre(name)) {
        let genre = Genre::parse(name)?;
        if !genres.iter().any(|known| known.key() == genre.key()) {
            genres.push(genre);
        }
    }
    Genres::new(genres)
}

fn is_genre(name: &str) -> bool {
    !name.is_empty() && name != "(no genres listed)"
}

pub(crate) fn ids(imdb: Option<ImdbId>, tmdb: Option<TmdbId>) -> ExternalIds {
    ExternalIds { imdb, tmdb, movielens: None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_that_overflow_are_refused() {
        for raw in ["", "x", "1.0", "99999999999999999999", "+-1"] {
            assert_eq!(number(raw).unwrap_err().code(), "malformed", "{raw}");
        }
        assert_eq!(counter("0").unwrap_err().code(), "out_of_range");
        assert_eq!(movielens_id("2147483648").unwrap_err().code(), "out_of_range");
    }

    #[test]
    fn a_genre_listed_twice_or_not_at_all_is_no_fault() {
        let names = |raw| genres(raw, '|').unwrap().as_slice().len();
        assert_eq!(names("Drama|drama||Sci-Fi"), 2);
        assert_eq!(names("(no genres listed)"), 0);
    }
}
