use std::io::Read as _;
use std::sync::Arc;

use reelmark_application::ports::{
    FileFault, ImportFileError, ImportRows, OpenedRatings, PersonalFile, PersonalFormat,
    PersonalRating, PersonalRatingsFiles,
};
use time::OffsetDateTime;

use super::bounded::bounded;
use super::{imdb_csv, letterboxd_archive, letterboxd_csv, movielens_csv, trakt_json};
use crate::input::{MAX_PERSONAL_BYTES, Text, fault_of, is_archive};
use crate::table::{Form, Table, recognise};

/// Reads ratings from Letterboxd, IMDb, Trakt and MovieLens.
#[derive(Clone, Copy, Debug, Default)]
pub struct ForeignRatingsFiles;

/// A format, and how its rows are read.
type Known = (PersonalFormat, Read);
pub(super) type Read =
    fn(Table, OffsetDateTime) -> Result<ImportRows<PersonalRating>, ImportFileError>;

/// The most telling ones first.
const FORMS: [Form<Known>; 7] = [
    letterboxd_csv::RATINGS,
    letterboxd_csv::LOG,
    imdb_csv::TODAY,
    imdb_csv::FORMER,
    letterboxd_csv::TEN_POINTS,
    letterboxd_csv::FIVE_STARS,
    movielens_csv::FORM,
];

impl PersonalRatingsFiles for ForeignRatingsFiles {
    fn open(&self, mut file: PersonalFile) -> Result<OpenedRatings, ImportFileError> {
        let name: Arc<str> = file.name.as_str().into();
        let failed = |fault| ImportFileError { file: name.clone(), position: None, fault };
        if is_archive(&beginning(&mut file).map_err(failed)?) {
            let rows = letterboxd_archive::read(&name, file.content, file.now)?;
            return Ok(OpenedRatings { format: PersonalFormat::LetterboxdArchive, rows });
        }
        let text = Text::open_within(Box::new(file.content), MAX_PERSONAL_BYTES);
        let text = text.map_err(failed)?;
        open_text(name.clone(), text, file.now)
    }
}

fn beginning(file: &mut PersonalFile) -> Result<Vec<u8>, FileFault> {
    let mut head = vec![];
    file.content.rewind().map_err(fault_of)?;
    file.content.by_ref().take(4).read_to_end(&mut head).map_err(fault_of)?;
    file.content.rewind().map_err(fault_of)?;
    Ok(head)
}

fn open_text(
    name: Arc<str>,
    text: Text,
    now: OffsetDateTime,
) -> Result<OpenedRatings, ImportFileError> {
    if matches!(text.head().trim_ascii_start().first(), Some(b'[' | b'{')) {
        let rows = bounded(name.clone(), trakt_json::read(name, text, now));
        return Ok(OpenedRatings { format: PersonalFormat::TraktJson, rows });
    }
    let unknown = |fault| ImportFileError { file: name.clone(), position: None, fault };
    let ((format, read), dialect) = recognise(text.head(), &FORMS).map_err(unknown)?;
    let rows = read(Table::open(name.clone(), text, dialect)?, now)?;
    Ok(OpenedRatings { format, rows: bounded(name.clone(), rows) })
}
