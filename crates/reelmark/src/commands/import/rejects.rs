use std::fs::File;
use std::io::BufWriter;
use std::path::Path;

use reelmark_application::ports::{Cause, ExportFiles, RowProblem, RowSink};
use reelmark_files::PortableExportFiles;

use crate::failure::{Failure, OrFail};
use crate::operator;

/// How many problems are told when nobody asked for a file with all of them.
const TOLD: usize = 5;

/// Where problems with rows go.
pub enum Rejects {
    File(Box<dyn RowSink<RowProblem>>),
    /// So many were told.
    Told(usize),
}

impl Rejects {
    /// Begins the file, if one was asked for.
    pub fn open(path: Option<&Path>) -> Result<Self, Failure> {
        let Some(path) = path else { return Ok(Self::Told(0)) };
        let failed = || format!("could not write {}", path.display());
        let target = BufWriter::new(File::create(path).or_fail(failed())?);
        let sink = PortableExportFiles.problems(Box::new(target)).or_fail(failed())?;
        Ok(Self::File(sink))
    }

    pub fn put(&mut self, problem: &RowProblem) -> Result<(), Cause> {
        match self {
            Self::File(sink) => Ok(sink.write(problem)?),
            Self::Told(told) => {
                *told += 1;
                match *told {
                    1..=TOLD => operator::say(problem),
                    n if n == TOLD + 1 => {
                        operator::say("… and more; --rejects FILE writes down all of them");
                    }
                    _ => {}
                }
                Ok(())
            }
        }
    }

    /// Writes what waits in buffers.
    pub fn finish(self) -> Result<(), Failure> {
        match self {
            Self::File(sink) => sink.finish().or_fail("could not write the rejected rows"),
            Self::Told(_) => Ok(()),
        }
    }
}
