//! Whatever stands in a file, it is read to its end or refused with a reason.

use std::io::{Cursor, Read, Write};

use proptest::prelude::*;
use reelmark_application::ports::{CatalogueFile, CatalogueFiles, ImportItem};
use reelmark_files::ForeignCatalogueFiles;

use crate::support::{NOW, data, in_memory, open, outline};

const FILES: [&str; 13] = [
    "movielens/movies.csv",
    "movielens/ratings.csv",
    "movielens/links.csv",
    "movielens/personal.csv",
    "atomic/small.inter",
    "atomic/small.item",
    "imdb/title.basics.tsv",
    "imdb/title.ratings.tsv",
    "imdb/ratings-2024.csv",
    "imdb/ratings-2012.csv",
    "letterboxd/ratings.csv",
    "letterboxd/reviews.csv",
    "trakt/ratings.json",
];

fn read_in_every_way(bytes: &[u8]) {
    let file = || in_memory("hostile", bytes.to_vec());
    let files = ForeignCatalogueFiles;
    outline(files.ratings(file()), |_| String::new());
    outline(files.movies(file()), |_| String::new());
    outline(files.links(file()), |_| String::new());
    outline(files.title_ratings(file()), |_| String::new());
    outline(open(bytes.to_vec()).map(|opened| opened.rows), |_| String::new());
}

fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(vec![], flate2::Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn zipped(bytes: &[u8]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(vec![]));
    writer.start_file("ratings.csv", zip::write::SimpleFileOptions::default()).unwrap();
    writer.write_all(bytes).unwrap();
    writer.finish().unwrap().into_inner()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn bytes_of_no_kind_are_survived(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        read_in_every_way(&bytes);
    }

    #[test]
    fn damaged_files_are_survived(
        at in 0..FILES.len(),
        wrap in 0usize..3,
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..8),
        end in any::<prop::sample::Index>(),
    ) {
        let wrap = [<[u8]>::to_vec, packed, zipped][wrap];
        let mut bytes = wrap(&data(FILES[at]));
        for (index, byte) in changes {
            let index = index.index(bytes.len());
            bytes[index] = byte;
        }
        bytes.truncate(end.index(2 * bytes.len()) + 1);
        read_in_every_way(&bytes);
    }

    #[test]
    fn a_packed_file_cut_off_anywhere_says_so(end in any::<prop::sample::Index>()) {
        let whole = packed(&data("imdb/title.basics.tsv"));
        let end = 2 + end.index(whole.len() - 2);
        let file = in_memory("title.basics.tsv.gz", whole[..end].to_vec());
        let said = outline(ForeignCatalogueFiles.movies(file), |_| String::new());
        let last = said.last().cloned().unwrap_or_default();
        prop_assert!(last.ends_with("the file ends too early: it was cut off"), "{}", last);
    }
}

#[test]
fn a_person_has_only_so_many_rows() {
    let text = format!("Title,Rating10\n{}", "x\n".repeat(100_001));
    for bytes in [text.clone().into_bytes(), packed(text.as_bytes())] {
        let said = outline(open(bytes).map(|opened| opened.rows), |_| String::new());
        assert_eq!(said.len(), 100_001);
        assert_eq!(said.last().unwrap(), "upload: it has more than 100000 rows");
    }
    let heading = "Date,Name,Year,Letterboxd URI,Rating\n";
    let text = format!("{heading}{}", "x\n".repeat(100_001));
    let said = outline(open(zipped(text.as_bytes())).map(|opened| opened.rows), |_| String::new());
    assert_eq!(said, ["ratings.csv: it has more than 100000 rows"]);
}

/// So many ratings that none of them is kept anywhere.
struct Endless {
    left: usize,
    line: Vec<u8>,
}

impl Read for Endless {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let lines = (buffer.len() / self.line.len()).min(self.left);
        self.left -= lines;
        for chunk in buffer.chunks_exact_mut(self.line.len()).take(lines) {
            chunk.copy_from_slice(&self.line);
        }
        Ok(lines * self.line.len())
    }
}

#[test]
fn a_long_file_is_read_row_by_row() {
    let heading = Cursor::new(b"userId,movieId,rating,timestamp\n");
    let line = b"162541,55872,4.0,1240953434\n".to_vec();
    let content = Box::new(heading.chain(Endless { left: 200_000, line }));
    let file = CatalogueFile { name: "ratings.csv".into(), content, now: NOW };
    let rows = ForeignCatalogueFiles.ratings(file).unwrap();
    assert_eq!(rows.filter(|item| matches!(item, Ok(ImportItem::Row(_)))).count(), 200_000);
}
