use std::fmt;

/// One setting that can't be used, and the rule it breaks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem(String);

/// All that is wrong with the settings, so that it can be mended at once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Problems(Vec<Problem>);

impl Problem {
    /// `setting` breaks `rule`, which reads on from "must be".
    pub fn new(setting: &str, rule: impl fmt::Display, found: impl fmt::Debug) -> Self {
        Self::of_secret(setting, format_args!("must be {rule}, found {found:?}"))
    }

    /// `setting` does what `complaint` says; its value is not repeated.
    pub fn of_secret(setting: &str, complaint: impl fmt::Display) -> Self {
        Self(format!("{setting} ({}) {complaint}", flag(setting)))
    }

    /// Something in the environment that is no setting.
    pub fn unknown(sentence: String) -> Self {
        Self(sentence)
    }
}

/// Every variable is a flag as well.
fn flag(setting: &str) -> String {
    format!("--{}", setting.to_lowercase().replace('_', "-"))
}

impl Problems {
    pub fn add(&mut self, problem: Problem) {
        self.0.push(problem);
    }

    /// The value, if there is one; otherwise its problem is kept.
    pub fn keep<T>(&mut self, parsed: Result<T, Problem>) -> Option<T> {
        parsed.map_err(|problem| self.add(problem)).ok()
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl std::error::Error for Problems {}

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.as_slice() {
            [Problem(one)] => f.write_str(one),
            several => {
                f.write_str("some settings can't be used:")?;
                several.iter().try_for_each(|Problem(one)| write!(f, "\n  - {one}"))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_the_variable_the_flag_the_rule_and_the_value() {
        let problem = Problem::new("DRAIN_SECONDS", "a whole number", "soon");
        let mut problems = Problems::default();
        problems.add(problem);
        assert_eq!(
            problems.to_string(),
            r#"DRAIN_SECONDS (--drain-seconds) must be a whole number, found "soon""#
        );
    }

    #[test]
    fn lists_several_problems() {
        let mut problems = Problems::default();
        problems.add(Problem::unknown("one".into()));
        problems.add(Problem::unknown("two".into()));
        let text = problems.to_string();
        assert_eq!(text, "some settings can't be used:\n  - one\n  - two");
    }
}
