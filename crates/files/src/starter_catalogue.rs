use csv::{Reader, StringRecord};
use reelmark_application::ports::{Cause, StarterCatalogue, StarterCatalogueError};
use reelmark_domain::MovieFacts;

use crate::starter_row::StarterRow;

const MOVIES: &[u8] = include_bytes!("../data/starter-movies-cc0.csv");

/// The movies of `data/starter-movies-cc0.csv`, which is part of the program.
#[derive(Clone, Copy, Debug, Default)]
pub struct EmbeddedStarterCatalogue;

impl StarterCatalogue for EmbeddedStarterCatalogue {
    fn movies(&self) -> Result<Vec<MovieFacts>, StarterCatalogueError> {
        read(MOVIES).map_err(StarterCatalogueError)
    }
}

/// Every row has to be right: the file ships with the program that insists on it.
fn read(file: &[u8]) -> Result<Vec<MovieFacts>, Cause> {
    let mut reader = Reader::from_reader(file);
    let columns = reader.headers()?.clone();
    reader.records().map(|record| movie(&record?, &columns)).collect()
}

fn movie(record: &StringRecord, columns: &StringRecord) -> Result<MovieFacts, Cause> {
    let line = record.position().map_or(0, csv::Position::line);
    let row: StarterRow<'_> = record.deserialize(Some(columns))?;
    Ok(row.facts(line)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    const COLUMNS: &str =
        "imdb_id,title,year,runtime_min,genres,directors,original_language,countries";
    const UP: &str = "tt1049413,Up,2009,96,Animation|Comedy,Pete Docter,en,US";

    fn read_after_up(row: &str) -> Result<Vec<MovieFacts>, String> {
        let file = format!("{COLUMNS}\n{UP}\n{row}\n");
        read(file.as_bytes()).map_err(|error| match error.source() {
            Some(source) => format!("{error}: {source}"),
            None => error.to_string(),
        })
    }

    #[test]
    fn reads_every_fact_of_a_movie() {
        let row =
            r#"tt0056801,"8½, ""Otto""",1963,138,Drama|Sci-Fi,Federico Fellini|A. B.,it,IT|FR"#;
        let movies = read_after_up(row).unwrap();

        let movie = &movies[1];
        assert_eq!(movies.len(), 2);
        assert_eq!(movie.title.as_str(), "8½, \"Otto\"");
        assert_eq!(movie.release_year.unwrap().get(), 1963);
        assert_eq!(movie.runtime.unwrap().minutes(), 138);
        let genres: Vec<_> = movie.genres.as_slice().iter().map(|g| g.as_str()).collect();
        let directors: Vec<_> = movie.directors.as_slice().iter().map(|d| d.as_str()).collect();
        assert_eq!(
            (genres, directors),
            (vec!["Drama", "Sci-Fi"], vec!["Federico Fellini", "A. B."])
        );
        assert_eq!(movie.external_ids.imdb.as_ref().unwrap().as_str(), "tt0056801");
        let countries: Vec<_> = movie.countries.as_slice().iter().map(|c| c.as_str()).collect();
        assert_eq!(movie.original_language.unwrap().as_str(), "it");
        assert_eq!(countries, ["IT", "FR"]);
        assert_eq!((&movie.original_title, &movie.synopsis), (&None, &None));
    }

    #[test]
    fn a_movie_needs_no_more_than_id_title_and_year() {
        let movie = read_after_up("tt0056801,8½,1963,,,,,").unwrap().remove(1);

        assert_eq!((movie.runtime, movie.original_language), (None, None));
        assert!(movie.countries.as_slice().is_empty());
        assert!(movie.genres.as_slice().is_empty() && movie.directors.as_slice().is_empty());
    }

    #[test]
    fn a_row_that_the_domain_refuses_is_named_by_its_line_and_column() {
        let refused = [
            ("imdb_id", "0056801,8½,1963,138,Drama,F,,"),
            ("title", "tt0056801, ,1963,138,Drama,F,,"),
            ("year", "tt0056801,8½,1863,138,Drama,F,,"),
            ("runtime_min", "tt0056801,8½,1963,0,Drama,F,,"),
            ("genres", "tt0056801,8½,1963,138,Sci-Fi|sci fi,F,,"),
            ("genres", "tt0056801,8½,1963,138,Drama||Comedy,F,,"),
            ("directors", "tt0056801,8½,1963,138,Drama,F|F,,"),
            ("original_language", "tt0056801,8½,1963,138,Drama,F,Italian,IT"),
            ("countries", "tt0056801,8½,1963,138,Drama,F,it,Italy"),
            ("countries", "tt0056801,8½,1963,138,Drama,F,it,IT|IT"),
        ];
        for (column, row) in refused {
            let error = read_after_up(row).unwrap_err();
            let start = format!("line 3, column {column}: must ");
            assert!(error.starts_with(&start), "{row}: {error}");
        }
    }

    #[test]
    fn a_row_that_is_no_row_is_named_by_its_line() {
        let broken = [
            "tt0056801,8½,soon,138,Drama,F,,",
            "tt0056801,8½,1963,N/A,Drama,F,,",
            "tt0056801,8½,,138,Drama,F,,",
            "tt0056801,8½,1963",
        ];
        for row in broken {
            let error = read_after_up(row).unwrap_err();
            assert!(error.contains("line: 3"), "{row}: {error}");
        }
    }

    #[test]
    fn a_file_without_a_column_is_refused() {
        assert!(read(b"imdb_id,title\ntt0056801,Up\n").is_err());
    }

    #[test]
    fn the_file_holds_a_movie_per_line_in_the_order_of_their_ids() {
        let movies = EmbeddedStarterCatalogue.movies().unwrap();

        let lines = MOVIES.iter().filter(|byte| **byte == b'\n').count();
        assert_eq!(movies.len() + 1, lines);
        let id = |movie: &MovieFacts| movie.external_ids.imdb.as_ref().unwrap().to_string();
        assert!(movies.windows(2).all(|pair| id(&pair[0]) < id(&pair[1])));
        assert!(MOVIES.len() < 200_000, "the program carries {} bytes", MOVIES.len());
    }

    #[test]
    fn the_file_is_not_of_english_movies_alone() {
        let movies = EmbeddedStarterCatalogue.movies().unwrap();

        let language = |movie: &MovieFacts| movie.original_language.map(|l| l.to_string());
        let others = movies.iter().filter(|movie| language(movie).is_some_and(|l| l != "en"));
        let others = others.count();
        assert!(4 * others > movies.len(), "{others} of {}", movies.len());
    }

    #[test]
    fn a_movie_of_the_file_lacks_its_countries_only_where_they_are_gone() {
        let movies = EmbeddedStarterCatalogue.movies().unwrap();

        assert!(movies.iter().all(|movie| movie.original_language.is_some()));
        let without = movies.iter().filter(|movie| movie.countries.as_slice().is_empty()).count();
        assert!(100 * without < 2 * movies.len(), "{without} of {}", movies.len());
    }
}
