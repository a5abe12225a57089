use super::*;
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
    zipped_as(SimpleFileOptions::default(), files)
}

fn zipped_as(options: SimpleFileOptions, files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(vec![]));
    for (name, bytes) in files {
        writer.start_file(*name, options).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn open(bytes: Vec<u8>) -> Result<Archive, FileFault> {
    Archive::open(Box::new(Cursor::new(bytes)))
}

fn fault(bytes: Vec<u8>) -> String {
    let read = open(bytes).and_then(|mut archive| archive.read("a"));
    read.map(|_| ()).unwrap_err().code().to_owned()
}

#[test]
fn reads_files_by_their_names_whatever_these_say() {
    let mut archive = open(zipped(&[("a", b"1"), ("../../etc/passwd", b"2")])).unwrap();
    assert_eq!(archive.names(), ["a", "../../etc/passwd"]);
    assert_eq!(archive.read("../../etc/passwd").unwrap(), b"2");
}

#[test]
fn refuses_what_expands_without_measure() {
    assert_eq!(fault(zipped(&[("a", &vec![0; 8 << 20])])), "too_dense");
    assert!(open(zipped(&[("a", &vec![0; 1 << 20])])).unwrap().read("a").is_ok());
}

#[test]
fn refuses_more_than_fits_all_files_together() {
    let large = vec![b'x'; 33 << 20];
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let mut archive = open(zipped_as(stored, &[("a", &large), ("b", &large)])).unwrap();
    assert!(archive.read("a").is_ok());
    assert_eq!(archive.read("b").unwrap_err().code(), "too_large");
}

#[test]
fn refuses_many_entries_before_reading_any() {
    let names: Vec<_> = (0..=MAX_ENTRIES).map(|n| n.to_string()).collect();
    let files: Vec<_> = names.iter().map(|name| (name.as_str(), b"".as_slice())).collect();
    assert_eq!(fault(zipped(&files)), "too_many_entries");
    let mut liar = zipped(&[("a", b"1")]);
    let end = liar.len() - END_BYTES as usize;
    liar[end + COUNT_AT..end + COUNT_AT + 2].copy_from_slice(&[0xFF, 0xFF]);
    assert_eq!(fault(liar), "too_many_entries");
}

#[test]
fn says_that_an_archive_is_encrypted() {
    let mut bytes = zipped(&[("a", b"1")]);
    let directory = bytes.windows(4).position(|window| window == b"PK\x01\x02").unwrap();
    bytes[6] |= 1;
    bytes[directory + 8] |= 1;
    assert_eq!(fault(bytes), "encrypted");
}

#[test]
fn says_that_an_archive_was_cut_off_or_damaged() {
    let whole = zipped(&[("a", &b"some text ".repeat(10_000))]);
    assert_eq!(fault(whole[..whole.len() / 2].to_vec()), "truncated");
    let mut damaged = whole;
    damaged[40..60].fill(0xFF);
    assert_eq!(fault(damaged), "damaged");
}
