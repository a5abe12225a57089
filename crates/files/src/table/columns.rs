use csv::StringRecord;
use reelmark_application::ports::FileFault;

/// A column that a reader asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Column {
    /// As the heading spells it.
    pub name: String,
    pub index: usize,
}

/// The heading of a table. Case, blanks and punctuation of names are ignored.
#[derive(Clone, Debug)]
pub(crate) struct Columns(Vec<Column>);

impl Columns {
    pub fn new(heading: &StringRecord) -> Self {
        let named = |(index, name): (usize, &str)| Column { name: name.trim().into(), index };
        Self(heading.iter().enumerate().map(named).collect())
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether all of these folded names are there.
    pub fn have(&self, names: &[&str]) -> bool {
        names.iter().all(|name| self.0.iter().any(|column| folded(&column.name) == *name))
    }

    /// The column of the first of these folded names that is there.
    pub fn find(&self, names: &[&'static str]) -> Result<Option<Column>, FileFault> {
        for name in names {
            let mut found = self.0.iter().filter(|column| folded(&column.name) == *name);
            match (found.next(), found.next()) {
                (Some(_), Some(_)) => return Err(FileFault::RepeatedColumn { column: name }),
                (Some(column), None) => return Ok(Some(column.clone())),
                (None, _) => {}
            }
        }
        Ok(None)
    }

    /// The column of this folded name, which has to be there.
    pub fn get(&self, name: &'static str) -> Result<Column, FileFault> {
        self.find(&[name])?.ok_or(FileFault::MissingColumn { column: name })
    }
}

/// Letters and digits in lower case: "yourrating" for "Your Rating".
fn folded(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_however_they_are_spelled() {
        let columns =
            Columns::new(&StringRecord::from(vec!["Your Rating", "movie_id", "Id", "id"]));
        assert_eq!(columns.get("yourrating").unwrap().name, "Your Rating");
        assert_eq!(columns.find(&["movieid2", "movieid"]).unwrap().unwrap().index, 1);
        assert_eq!(columns.find(&["title"]).unwrap(), None);
        assert_eq!(columns.get("title").unwrap_err().code(), "missing_column");
        assert_eq!(columns.get("id").unwrap_err().code(), "repeated_column");
    }
}
