//! Files that can't be read, or no further.

use super::folder::{Folder, TINY_RATINGS, done, packed, refused};
use super::tiny;
use crate::alone;
use crate::support::scenario::Scenario;
use crate::support::{Launch, Stack};

pub fn scenarios() -> Vec<Scenario> {
    alone![
        a_file_that_cannot_be_read_is_named_before_anything_is_stored,
        what_comes_before_the_damage_of_a_file_is_stored_and_counted,
        a_folder_without_its_files_is_refused,
    ]
}

fn counted(launch: &Launch, what: &str) -> usize {
    done(launch.run(&["export", what])).lines().count() - 1
}

fn a_file_that_cannot_be_read_is_named_before_anything_is_stored(stack: Stack) {
    let launch = stack.launch();
    let heading = "userId,movieId,rating,timestamp\n";
    let bad: [(&[u8], &str); 6] = [
        (b"", "the file is empty"),
        (heading.as_bytes(), "a heading and no rows"),
        (b"\x00\x01\x02\x03\xff\xfe\x00\x00", "binary"),
        (b"userId;movieId;rating;timestamp\n1;1;4.0;964982703\n", "separated by"),
        (b"a,b,c\n1,2,3\n", "no format that is known"),
        (&[b'x'; 10 << 20], "no format that is known"),
    ];
    for (content, reason) in bad {
        let folder = tiny().with("ratings.csv", content);
        let (_, stderr) = refused(launch.run(&["import", "movielens", folder.path()]));
        assert!(stderr.contains("ratings.csv") && stderr.contains(reason), "{reason}: {stderr}");
    }
    assert_eq!((counted(&launch, "movies"), counted(&launch, "ratings")), (0, 0));
}

fn what_comes_before_the_damage_of_a_file_is_stored_and_counted(stack: Stack) {
    let launch = stack.launch();
    let mut long = TINY_RATINGS.to_owned();
    for rater in 10..10_000_u64 {
        long += &format!("\n{rater},{},3.5,{}", 1 + rater % 4, 964_982_703 + rater * 7_919);
    }
    let packed = packed(&long);
    let cut = &packed[..packed.len() / 2];
    let folder = tiny().without("ratings.csv").with("ratings.csv.gz", cut);

    let (stdout, stderr) = refused(launch.run(&["import", "movielens", folder.path()]));

    assert!(stderr.contains("ratings.csv.gz") && stderr.contains("cut off"), "{stderr}");
    let stored = counted(&launch, "ratings");
    assert!(stored > 100 && stored < 9_995, "{stored}");
    let grouped = format!("{},{:03} added", stored / 1_000, stored % 1_000);
    assert!(stdout.contains(grouped.trim_start_matches("0,")), "{stored}: {stdout}");
    done(launch.run(&["audit"]));

    let folder = folder.with("ratings.csv.gz", packed);
    let told = done(launch.run(&["import", "movielens", folder.path()]));
    assert!(told.contains("ratings.csv.gz: 9,995 rows"), "{told}");
    assert_eq!(counted(&launch, "ratings"), 9_995);
    done(launch.run(&["audit"]));
}

fn a_folder_without_its_files_is_refused(stack: Stack) {
    let launch = stack.launch();
    let folder = Folder::new("nothing");
    let (_, stderr) = refused(launch.run(&["import", "movielens", folder.path()]));
    assert!(stderr.contains("movies.csv"), "{stderr}");
    let nowhere = folder.file("nowhere");
    for import in ["movielens", "imdb-titles", "movies"] {
        let (_, stderr) = refused(launch.run(&["import", import, &nowhere]));
        assert!(stderr.contains("nowhere"), "{stderr}");
    }
}
