//! Imports that are killed, and imports beside a service that is used.

use std::fmt::Write;

use super::folder::{Folder, done};
use crate::alone;
use crate::support::scenario::Scenario;
use crate::support::{Launch, Movie, Stack, wait_for};

/// So many raters rate all movies, which are some chunks of ratings.
const RATERS: u64 = 480;
const MOVIES: u64 = 25;

pub fn scenarios() -> Vec<Scenario> {
    alone![an_import_that_was_killed_goes_on_where_it_ended, people_rate_while_an_import_runs,]
}

fn large() -> Folder {
    let mut movies = "movieId,title,genres\n".to_owned();
    for movie in 1..=MOVIES {
        writeln!(movies, "{movie},Episode {movie} (1990),Drama").unwrap();
    }
    let mut ratings = "userId,movieId,rating,timestamp\n".to_owned();
    for rater in 1..=RATERS {
        for movie in 1..=MOVIES {
            let stars = 1 + (rater * 7 + movie * 3) % 5;
            writeln!(ratings, "{rater},{movie},{stars}.0,{}", 964_982_703 + rater).unwrap();
        }
    }
    Folder::new("ml-large").with("movies.csv", movies).with("ratings.csv", ratings)
}

fn stored(launch: &Launch) -> usize {
    done(launch.run(&["export", "ratings"])).lines().count() - 1
}

fn an_import_that_was_killed_goes_on_where_it_ended(stack: Stack) {
    let launch = stack.launch();
    let folder = large();
    let import = ["import", "movielens", folder.path(), "--chunk", "500"];
    done(launch.run(&["migrate"]));
    let running = launch.start_command(&import);
    wait_for("some ratings to be stored", || {
        let ended = running.status();
        assert!(ended.is_none(), "it should still run: {}{}", running.stdout(), running.log());
        (stored(&launch) > 0).then_some(())
    });
    running.kill();

    let all = usize::try_from(RATERS * MOVIES).unwrap();
    let left = stored(&launch);
    assert!(left > 0 && left < all, "{left}");
    done(launch.run(&["audit"]));

    let told = done(launch.run(&import));
    assert!(told.contains("ratings.csv: 12,000 rows: 12,000 added, 0 changed"), "{told}");
    assert_eq!(stored(&launch), all);
    done(launch.run(&["audit"]));

    let again = done(launch.run(&import));
    assert!(again.contains("0 added, 0 changed, 12,000 there already"), "{again}");
    assert!(again.contains("Nothing changed"), "{again}");
}

fn people_rate_while_an_import_runs(stack: Stack) {
    let app = stack.launch().start();
    let folder = large();
    let crowd = app.crowd(2);
    let own = crowd[0].add_movie_titled("Of our own");
    let running =
        app.launch().start_command(&["import", "movielens", folder.path(), "--chunk", "500"]);
    let shared = wait_for("a movie of the import", || {
        let page = app.get("/movies?query=episode+7").json(200);
        let id = page["items"].as_array()?.first()?["id"].as_i64()?;
        Some(Movie { id, etag: String::new() })
    });
    for score in [3, 4, 5, 6, 7, 8] {
        crowd[0].rate(&own, score);
        crowd[0].rate(&shared, score);
        crowd[1].rate(&shared, 11 - score);
    }
    let told = done(running.wait());
    assert!(told.contains("ratings.csv: 12,000 rows: 12,000 added"), "{told}");
    app.wait_for_scores(&own, &[8]);
    wait_for("all ratings to be shown", || {
        let summary = app.summary(&shared);
        (summary["count"] == RATERS + 2).then_some(())
    });
    let audit = done(app.launch().run(&["audit"]));
    assert!(audit.contains("0 of them differ"), "{audit}");
    app.stop();
}
