use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use clap::Args;
use reelmark_application::personal_import::{ImportAtOnce, ImportRow, PersonalImport};
use reelmark_application::ports::ImportCounts;
use reelmark_domain::{FileName, ImportStatus, RowOutcome, Username};

use crate::config::Settings;
use crate::failure::{Failure, OrFail};
use crate::{operator, wiring};

/// As much as the API takes.
const MAX_BYTES: u64 = 20 * 1024 * 1024;

const FAILED: &str = "could not import the file";

#[derive(Args, Debug)]
pub struct PersonalArgs {
    /// The file
    file: PathBuf,
    /// The username of whoever the ratings are by
    #[arg(long)]
    user: String,
    /// Only say what would be
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    settings: Settings,
}

/// Fails when the file can't be read to its end, so that scripts notice.
pub fn run(args: &PersonalArgs) -> Result<(), Failure> {
    let username = Username::parse(&args.user).or_fail("the username can't be used")?;
    let content = read(&args.file)?;
    let file_name = FileName::of(&args.file.to_string_lossy());
    let config = args.settings.check().or_fail("could not open the store")?;
    let io = wiring::io_runtime()?;
    let command = ImportAtOnce { username, file_name, content, dry_run: args.dry_run };
    let (import, rows) = io.block_on(async {
        let imports = wiring::open_personal_imports(&config, io.handle()).await?;
        imports.import_at_once(command).await.or_fail(FAILED)
    })?;
    tell(&import, &rows);
    match (import.status, import.problem) {
        (ImportStatus::Done, _) => Ok(()),
        (_, Some(problem)) => Err(Failure::new(problem.message)),
        (status, None) => Err(Failure::new(format!("the import is {status}"))),
    }
}

fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    let file = File::open(path).or_fail(FAILED)?;
    let mut content = vec![];
    file.take(MAX_BYTES + 1).read_to_end(&mut content).or_fail(FAILED)?;
    match content.len() as u64 {
        length if length > MAX_BYTES => {
            Err(Failure::new(format!("the file has more than {MAX_BYTES} bytes")))
        }
        _ => Ok(content),
    }
}

fn tell(import: &PersonalImport, rows: &[ImportRow]) {
    for row in rows {
        operator::say(described(row));
    }
    let ImportCounts { imported, unchanged, ambiguous, unmatched, invalid, skipped } =
        import.counts;
    let kind = if import.dry_run { "Would be imported" } else { "Imported" };
    operator::say(format_args!(
        "{kind}: {imported}. Unchanged: {unchanged}. Ambiguous: {ambiguous}. \
         Unmatched: {unmatched}. Invalid: {invalid}. Skipped: {skipped}."
    ));
}

/// A row that somebody should look at.
fn described(row: &ImportRow) -> String {
    let mut text = format!("{}: {}", row.place, row.outcome);
    if let Some(title) = &row.title {
        text += &format!(": {title}");
    }
    if let Some(year) = row.release_year {
        text += &format!(" ({year})");
    }
    if row.outcome == RowOutcome::Ambiguous {
        let ids: Vec<String> = row.candidates.iter().map(|movie| movie.id.to_string()).collect();
        text += &format!("; movie {}", ids.join(" or "));
    }
    if let Some(reason) = &row.reason {
        text += &format!("; {reason}");
    }
    text
}
