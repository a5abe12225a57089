use super::*;
use crate::ports::{CatalogueLink, ImportItem, Place, Position};
use crate::testing::{NOW, facts};
use reelmark_domain::{ExternalIds, ImdbId, MovieLensId, TmdbId};

use super::super::observer::Noted;

fn place(file: &str, line: u64) -> Place {
    Place { file: file.into(), position: Position::Line(line) }
}

fn row(number: i64, title: &str) -> ImportedRow<CatalogueMovie> {
    let movielens = Some(MovieLensId::parse(number).unwrap());
    let facts = MovieFacts {
        external_ids: ExternalIds { movielens, ..ExternalIds::default() },
        ..facts(title)
    };
    let value = CatalogueMovie { number: Some(number), facts };
    ImportedRow { place: place("movies.csv", number.unsigned_abs() + 1), value }
}

fn links(of: &[(i64, Option<&str>, Option<i64>)]) -> Links {
    let rows = of.iter().enumerate().map(|(line, (movie, imdb, tmdb))| {
        let value = CatalogueLink {
            movie: MovieLensId::parse(*movie).unwrap(),
            imdb: imdb.map(|id| ImdbId::parse(id).unwrap()),
            tmdb: tmdb.map(|id| TmdbId::parse(id).unwrap()),
        };
        let place = place("links.csv", line as u64 + 2);
        Ok(ImportItem::Row(ImportedRow { place, value }))
    });
    let rows: Vec<_> = rows.collect();
    Links::read(Box::new(rows.into_iter()), &mut Noted::default()).unwrap().0
}

fn plan(
    rows: &[ImportedRow<CatalogueMovie>],
    links: &Links,
    known: Vec<ImportedMovieRecord>,
) -> Plan {
    Plan::of(1, &linked(rows, links), known, NOW)
}

fn stored(id: i64, imdb: &str) -> ImportedMovieRecord {
    ImportedMovieRecord {
        id,
        number: None,
        title_key: String::new(),
        release_year: None,
        imdb_id: Some(imdb.into()),
        tmdb_id: None,
        movielens_id: None,
    }
}

#[test]
fn two_movies_of_one_title_are_two_movies() {
    let plan = plan(&[row(10, "Emma"), row(11, "Emma")], &Links::default(), vec![]);
    assert_eq!((plan.chunk.movies.len(), plan.counts.added), (2, 2));
    assert_eq!(plan.problems, []);
}

#[test]
fn the_links_give_ids_to_the_movies_that_are_added() {
    let links = links(&[(10, Some("tt0116191"), Some(3573))]);
    let plan = plan(&[row(10, "Emma")], &links, vec![]);
    let facts = &plan.chunk.movies[0].movie.facts;
    assert_eq!((facts.imdb_id.as_deref(), facts.tmdb_id), (Some("tt0116191"), Some(3573)));
    assert_eq!(facts.movielens_id, Some(10));
}

#[test]
fn a_movie_that_is_known_by_a_link_gets_its_number_and_what_it_lacks() {
    let links = links(&[(10, Some("tt0116191"), Some(3573))]);
    let plan = plan(&[row(10, "Emma")], &links, vec![stored(42, "tt0116191")]);
    assert_eq!(plan.chunk.numbers, [(10, 42)]);
    let ids = MergeIds { movie_id: 42, imdb_id: None, tmdb_id: Some(3573), movielens_id: Some(10) };
    assert_eq!(plan.chunk.ids, [ids]);
    assert_eq!((plan.counts.changed, plan.chunk.movies.len()), (1, 0));
}

#[test]
fn an_id_that_two_links_have_stays_with_the_first() {
    let links = links(&[(10, None, Some(3573)), (11, None, Some(3573))]);
    let plan = plan(&[row(10, "Emma"), row(11, "Emma")], &links, vec![]);
    let ids: Vec<_> = plan.chunk.movies.iter().map(|movie| movie.movie.facts.tmdb_id).collect();
    assert_eq!(ids, [Some(3573), None]);
    let problem = "links.csv, line 3, the TMDB id belongs to another movie and was left out";
    assert_eq!(plan.problems[0].to_string(), problem);
    assert_eq!((plan.counts.added, plan.counts.warnings), (2, 1));
}

#[test]
fn what_is_known_whole_changes_nothing() {
    let known = ImportedMovieRecord {
        number: Some(10),
        tmdb_id: Some(3573),
        movielens_id: Some(10),
        ..stored(42, "tt0116191")
    };
    let links = links(&[(10, Some("tt0116191"), Some(3573))]);
    let plan = plan(&[row(10, "Emma"), row(10, "Emma")], &links, vec![known]);
    assert!(plan.chunk.is_empty());
    assert_eq!(plan.counts.unchanged, 2);
}

#[test]
fn a_number_that_comes_twice_is_one_movie() {
    let plan = plan(&[row(10, "Emma"), row(10, "Emma again")], &Links::default(), vec![]);
    assert_eq!((plan.chunk.movies.len(), plan.counts.unchanged), (1, 1));
}
