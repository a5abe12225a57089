use csv::{ReaderBuilder, StringRecord, Terminator};
use reelmark_application::ports::FileFault;

use super::columns::Columns;

/// The longest heading that an error shows, in characters.
const SHOWN: usize = 200;

/// How fields are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Dialect {
    /// RFC 4180.
    Commas,
    /// Tabs, and quotes that mean nothing.
    Tabs,
}

/// What tells a format: how fields are told apart, and the columns that no other format has.
pub(crate) struct Form<T> {
    pub format: T,
    pub dialect: Dialect,
    /// In lower case, letters and digits alone.
    pub columns: &'static [&'static str],
}

impl Dialect {
    pub fn reader(self) -> ReaderBuilder {
        let mut builder = ReaderBuilder::new();
        // The carriage return of Windows is trimmed with the field in front of it.
        builder.has_headers(false).flexible(true).terminator(Terminator::Any(b'\n'));
        if self == Self::Tabs {
            builder.delimiter(b'\t').quoting(false);
        }
        builder
    }

    fn name(self) -> &'static str {
        match self {
            Self::Commas => "commas",
            Self::Tabs => "tabs",
        }
    }
}

/// Finds the first form that a file's heading has, or says what is wrong with it.
pub(crate) fn recognise<T: Copy>(
    head: &[u8],
    forms: &[Form<T>],
) -> Result<(T, Dialect), FileFault> {
    let with = |dialect: Dialect| heading(head, dialect.reader());
    let (commas, tabs) = (with(Dialect::Commas), with(Dialect::Tabs));
    let found = forms.iter().find(|form| match form.dialect {
        Dialect::Commas => commas.have(form.columns),
        Dialect::Tabs => tabs.have(form.columns),
    });
    match found {
        Some(form) => Ok((form.format, form.dialect)),
        None => Err(unknown(head, forms)),
    }
}

fn unknown<T>(head: &[u8], forms: &[Form<T>]) -> FileFault {
    for (delimiter, found) in
        [(b',', "commas"), (b'\t', "tabs"), (b';', "semicolons"), (b'|', "bars")]
    {
        let mut reader = Dialect::Commas.reader();
        let columns = heading(head, std::mem::take(reader.delimiter(delimiter)));
        if let Some(form) = forms.iter().find(|form| columns.have(form.columns)) {
            return FileFault::Delimiter { expected: form.dialect.name(), found };
        }
    }
    let line = head.split(|b| matches!(b, b'\n' | b'\r')).find(|line| !line.is_empty());
    let line = String::from_utf8_lossy(line.unwrap_or_default());
    FileFault::UnknownFormat { heading: line.chars().take(SHOWN).collect() }
}

fn heading(head: &[u8], reader: ReaderBuilder) -> Columns {
    let mut record = csv::ByteRecord::new();
    // A heading that can't be read has none of the columns.
    let begin = head.iter().position(|byte| !matches!(byte, b'\r' | b'\n')).unwrap_or(0);
    let _ = reader.from_reader(&head[begin..]).read_byte_record(&mut record);
    Columns::new(&StringRecord::from_byte_record_lossy(record))
}

#[cfg(test)]
mod tests {
    use super::*;

    const FORMS: [Form<char>; 2] = [
        Form { format: 'a', dialect: Dialect::Commas, columns: &["userid", "rating"] },
        Form { format: 'b', dialect: Dialect::Tabs, columns: &["tconst"] },
    ];

    fn found(head: &str) -> Result<char, String> {
        recognise(head.as_bytes(), &FORMS).map(|f| f.0).map_err(|fault| fault.to_string())
    }

    #[test]
    fn a_format_is_known_by_its_columns_in_any_order() {
        assert_eq!(found("rating,\"userId\",more\r\n1,2,3\n"), Ok('a'));
        assert_eq!(found("tconst\ttitle\n"), Ok('b'));
    }

    #[test]
    fn another_delimiter_is_named() {
        let wrong = |found: &str, expected: &str| {
            Err(format!("the fields are separated by {found}, and must be by {expected}"))
        };
        assert_eq!(found("userId;rating\n"), wrong("semicolons", "commas"));
        assert_eq!(found("userId\trating\n"), wrong("tabs", "commas"));
        assert_eq!(found("title,tconst\n"), wrong("commas", "tabs"));
    }

    #[test]
    fn an_unknown_heading_is_shown_in_part() {
        let shown = found(&format!("\n{}\n1,2\n", "x".repeat(500))).unwrap_err();
        assert!(shown.ends_with(&format!("\"{}\"", "x".repeat(SHOWN))), "{shown}");
    }
}
