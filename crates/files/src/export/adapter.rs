use reelmark_application::account::ExportedRating;
use reelmark_application::ports::{
    ExportFileError, ExportFiles, ExportTarget, PersonalExportFormat, RowProblem, RowSink,
};
use reelmark_domain::{Movie, Rating};

use super::csv_sink::CsvSink;
use super::trakt_json::TraktSink;
use super::{imdb_csv, letterboxd_csv, movies_csv, problems_csv, ratings_csv};

/// Writes ratings and movies in forms that other services, and this one, read.
#[derive(Clone, Copy, Debug, Default)]
pub struct PortableExportFiles;

impl ExportFiles for PortableExportFiles {
    fn personal(
        &self,
        format: PersonalExportFormat,
        target: ExportTarget,
    ) -> Result<Box<dyn RowSink<ExportedRating>>, ExportFileError> {
        Ok(match format {
            PersonalExportFormat::LetterboxdCsv => {
                CsvSink::boxed(target, &letterboxd_csv::HEADING, letterboxd_csv::cells)?
            }
            PersonalExportFormat::ImdbCsv => {
                CsvSink::boxed(target, &imdb_csv::HEADING, imdb_csv::cells)?
            }
            PersonalExportFormat::TraktJson => Box::new(TraktSink::new(target)),
        })
    }

    fn ratings(&self, target: ExportTarget) -> Result<Box<dyn RowSink<Rating>>, ExportFileError> {
        CsvSink::boxed(target, &ratings_csv::HEADING, ratings_csv::cells)
    }

    fn movies(&self, target: ExportTarget) -> Result<Box<dyn RowSink<Movie>>, ExportFileError> {
        CsvSink::boxed(target, &movies_csv::HEADING, movies_csv::cells)
    }

    fn problems(
        &self,
        target: ExportTarget,
    ) -> Result<Box<dyn RowSink<RowProblem>>, ExportFileError> {
        CsvSink::boxed(target, &problems_csv::HEADING, problems_csv::cells)
    }
}
