use super::title_key::is_invisible;
use super::{ReleaseYear, Title, TitleKey, upright_title};
use crate::ValueError;

/// What makes a trailing group a part of the title, and no other title of the same movie.
const PARTS: [&str; 6] = ["part", "vol", "volume", "chapter", "episode", "season"];

/// A title as catalogues write it, taken apart: "Postman, The (Postino, Il) (1994)" is "The
/// Postman", also known as "Il Postino", of 1994.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrittenTitle {
    /// The title, with its article in front.
    pub title: Title,
    /// Other titles of the same movie, none of them the same as another.
    pub alternatives: Vec<Title>,
    /// The year in the last parentheses.
    pub year: Option<ReleaseYear>,
}

impl WrittenTitle {
    /// Takes a written title apart. Parentheses that hold neither a year that a movie can have
    /// nor another title stay in the title: "(500) Days of Summer".
    ///
    /// # Errors
    /// Those of [`Title::parse`], for the title alone.
    pub fn parse(raw: &str, this_year: i32) -> Result<Self, ValueError> {
        let text = tidy_title(raw);
        let (text, year) = without_years(&text, this_year);
        let (text, groups) = without_alternatives(text);
        let title = Title::parse(&upright_title(text))?;
        Ok(Self { alternatives: alternatives(&title, &groups), title, year })
    }
}

/// Makes one blank of every run of white space and drops what nobody sees, but for the joiners
/// that some scripts need.
pub fn tidy_title(raw: &str) -> String {
    let is_needed = |c: char| matches!(c, '\u{200C}' | '\u{200D}') || !is_invisible(c);
    let visible: String = raw.chars().filter(|c| is_needed(*c)).collect();
    visible.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn without_years(mut text: &str, this_year: i32) -> (&str, Option<ReleaseYear>) {
    let mut year = None;
    while let Some((head, group)) = trailing_group(text)
        && let Some(found) = year_in(group, this_year)
    {
        text = head;
        year = year.or(Some(found));
    }
    (text, year)
}

/// The year of "1999", or the first one of "2006–2007" and "2007-".
fn year_in(group: &str, this_year: i32) -> Option<ReleaseYear> {
    let group = group.trim();
    let (first, rest) = group.split_at_checked(4)?;
    let rest = rest.trim_start();
    let is_span = rest.is_empty()
        || rest.strip_prefix(['-', '–', '—']).is_some_and(|to| {
            to.trim().is_empty() || (to.trim().len() == 4 && to.trim().parse::<u16>().is_ok())
        });
    let is_digits = first.bytes().all(|b| b.is_ascii_digit());
    (is_span && is_digits).then(|| ReleaseYear::parse(first.parse().ok()?, this_year).ok())?
}

fn without_alternatives(mut text: &str) -> (&str, Vec<&str>) {
    let mut groups = vec![];
    while let Some((head, group)) = trailing_group(text)
        && is_alternative(head, group)
    {
        text = head;
        groups.insert(0, group);
    }
    (text, groups)
}

/// "Birdman or (The Unexpected Virtue of Ignorance)" and "Kill Bill (Vol. 2)" are one title each.
fn is_alternative(head: &str, group: &str) -> bool {
    let last = TitleKey::of(head).as_str().rsplit(' ').next().map(str::to_owned);
    let key = TitleKey::of(group);
    let first = key.as_str().split(' ').next().unwrap_or_default();
    let is_number = key.as_str().chars().all(|c| c.is_numeric() || c == ' ');
    !is_number && !PARTS.contains(&first) && !matches!(last.as_deref(), Some("or" | "ou" | "oder"))
}

/// Splits the last parentheses off, with those inside them; nothing when they open the text.
fn trailing_group(text: &str) -> Option<(&str, &str)> {
    let inside = text.trim_end().strip_suffix(')')?;
    let mut depth = 1;
    for (at, c) in inside.char_indices().rev() {
        depth += match c {
            ')' => 1,
            '(' => -1,
            _ => 0,
        };
        if depth == 0 {
            let head = inside[..at].trim_end();
            return (!head.is_empty()).then_some((head, &inside[at + 1..]));
        }
    }
    None
}

fn alternatives(title: &Title, groups: &[&str]) -> Vec<Title> {
    let mut keys = vec![TitleKey::of(title.as_str())];
    let titles = groups.iter().filter_map(|group| {
        let title = Title::parse(&upright_title(without_aka(group))).ok()?;
        let key = TitleKey::of(title.as_str());
        let is_new = !keys.contains(&key);
        keys.push(key);
        is_new.then_some(title)
    });
    titles.collect()
}

fn without_aka(group: &str) -> &str {
    let group = group.trim();
    for prefix in ["a.k.a.", "aka ", "aka:", "also known as "] {
        if let Some((start, rest)) = group.split_at_checked(prefix.len())
            && start.eq_ignore_ascii_case(prefix)
        {
            return rest.trim_start();
        }
    }
    group
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn parsed(raw: &str) -> (String, Vec<String>, Option<i32>) {
        let written = WrittenTitle::parse(raw, 2026).unwrap();
        let others = written.alternatives.iter().map(ToString::to_string).collect();
        (written.title.to_string(), others, written.year.map(ReleaseYear::get))
    }

    fn title(raw: &str, expected: &str, year: Option<i32>) {
        assert_eq!(parsed(raw), (expected.to_owned(), vec![], year), "{raw}");
    }

    proptest! {
        #[test]
        fn finds_the_year_that_was_written(
            name in "[A-Z][a-z]{1,9}( [a-z]{1,9}){0,3}",
            year in 1870i32..2036,
        ) {
            prop_assert_eq!(parsed(&format!("{name} ({year})")), (name.clone(), vec![], Some(year)));
            prop_assert_eq!(parsed(&format!("{name} ({year}) ({year})")).2, Some(year));
            prop_assert_eq!(parsed(&name).2, None);
        }

        #[test]
        fn finds_the_alternatives_that_were_written(
            name in "[A-Z][a-z]{3,9}",
            others in proptest::collection::hash_set("X[a-z]{3,9}( q[a-z]{1,9}){0,2}", 0..3),
        ) {
            let others: Vec<_> = others.into_iter().collect();
            let groups: String = others.iter().map(|other| format!(" (a.k.a. {other})")).collect();
            prop_assert_eq!(parsed(&format!("{name}{groups} (1999)")), (name, others, Some(1999)));
        }

        #[test]
        fn never_panics(raw in "[()0-9a-zé,' -]{0,40}|\\PC{0,40}") {
            let _ = WrittenTitle::parse(&raw, 2026);
        }
    }

    #[test]
    fn takes_a_title_apart() {
        let raw = "City of Lost Children, The (Cité des enfants perdus, La) (1995)";
        let others = vec!["La Cité des enfants perdus".to_owned()];
        assert_eq!(parsed(raw), ("The City of Lost Children".into(), others, Some(1995)));
        let raw = "Seven (a.k.a. Se7en) (1995)";
        assert_eq!(parsed(raw), ("Seven".into(), vec!["Se7en".into()], Some(1995)));
    }

    #[test]
    fn a_year_may_be_missing_doubled_or_a_span() {
        title("Babylon 5", "Babylon 5", None);
        title("Up (2009) (2009)", "Up", Some(2009));
        title("Death Note (2006–2007)", "Death Note", Some(2006));
        title("Doctor Who (2005- )", "Doctor Who", Some(2005));
        title("2001: A Space Odyssey (1968)", "2001: A Space Odyssey", Some(1968));
    }

    #[test]
    fn parentheses_of_another_kind_belong_to_the_title() {
        title("(500) Days of Summer (2009)", "(500) Days of Summer", Some(2009));
        title("(2012)", "(2012)", None);
        title("Kill Bill (Vol. 2) (2004)", "Kill Bill (Vol. 2)", Some(2004));
        title("Movie (9999)", "Movie (9999)", None);
        title("Unclosed (1999", "Unclosed (1999", None);
        let birdman = "Birdman: Or (The Unexpected Virtue of Ignorance)";
        title(&format!("{birdman} (2014)"), birdman, Some(2014));
    }

    #[test]
    fn blanks_and_invisible_characters_are_tidied() {
        title("\u{FEFF}Toy\u{A0}Story\u{200B}  (1995)\u{A0}", "Toy Story", Some(1995));
        assert_eq!(tidy_title("می\u{200C}شود"), "می\u{200C}شود");
    }

    #[test]
    fn an_alternative_that_says_the_same_is_dropped() {
        title("Amélie (AMELIE!) (2001)", "Amélie", Some(2001));
    }
}
