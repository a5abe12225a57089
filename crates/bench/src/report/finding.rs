use crate::measure::Load;
use crate::rounds::Series;

/// What a figure has to be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Bar {
    AtLeast(f64),
    AtMost(f64),
    /// Worth knowing.
    None,
}

/// One line of the table.
#[derive(Clone, Debug)]
pub struct Finding {
    pub what: String,
    pub bar: Bar,
    pub value: f64,
    /// "×" for ratios.
    pub unit: &'static str,
    /// The figures behind the value.
    pub figures: String,
    pub raw: Vec<Series>,
}

impl Finding {
    pub fn new(what: impl Into<String>, bar: Bar, value: f64, unit: &'static str) -> Self {
        Self { what: what.into(), bar, value, unit, figures: String::new(), raw: Vec::new() }
    }

    /// How many times as much per second the first does as the second.
    pub fn rate_ratio(what: &str, bar: Bar, subject: &Series, reference: &Series) -> Self {
        let (ours, theirs) = (subject.per_second(), reference.per_second());
        let figures =
            format!("{ours:.0}/s; {} {theirs:.0}/s{}", reference.name, errors_of(subject));
        Self::new(what, bar, ours / theirs, "×").with(figures, [subject, reference])
    }

    /// How many times as long the slowest hundredth takes for the first as for the second.
    pub fn p99_ratio(what: &str, bar: Bar, subject: &Series, reference: &Series) -> Self {
        let (ours, theirs) = (subject.p99(), reference.p99());
        let figures = format!("p99 {ours}; {} {theirs}", reference.name);
        Self::new(what, bar, ours.0 / theirs.0, "×").with(figures, [])
    }

    pub fn with<'a>(
        mut self,
        figures: impl Into<String>,
        raw: impl IntoIterator<Item = &'a Series>,
    ) -> Self {
        self.figures = figures.into();
        self.raw = raw.into_iter().cloned().collect();
        self
    }

    /// Whether the value is what it has to be; nothing when it may be anything.
    pub fn is_met(&self) -> Option<bool> {
        match self.bar {
            Bar::AtLeast(bar) => Some(self.value >= bar),
            Bar::AtMost(bar) => Some(self.value <= bar),
            Bar::None => None,
        }
    }

    pub fn bar_text(&self) -> String {
        match self.bar {
            Bar::AtLeast(bar) => format!("≥ {}", self.number(bar)),
            Bar::AtMost(bar) => format!("≤ {}", self.number(bar)),
            Bar::None => "–".into(),
        }
    }

    pub fn value_text(&self) -> String {
        self.number(self.value)
    }

    fn number(&self, number: f64) -> String {
        match self.unit {
            "×" => format!("{number:.2}×"),
            "/s" => format!("{number:.0}/s"),
            unit => format!("{number:.1} {unit}"),
        }
    }
}

fn errors_of(series: &Series) -> String {
    match series.loads.iter().map(|load: &Load| load.errors).sum::<u64>() {
        0 => String::new(),
        errors => format!("; {errors} ERRORS"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn series(name: &'static str, per_second: f64) -> Series {
        Series { name, loads: vec![Load { per_second, ..Load::default() }] }
    }

    #[test]
    fn a_ratio_is_held_against_its_bar() {
        let (ours, bare) = (series("ours", 75.0), series("bare", 100.0));
        let finding = Finding::rate_ratio("reads", Bar::AtLeast(0.8), &ours, &bare);
        assert_eq!((finding.value_text(), finding.bar_text()), ("0.75×".into(), "≥ 0.80×".into()));
        assert_eq!(finding.is_met(), Some(false));
        assert_eq!(Finding::new("size", Bar::AtMost(30.0), 17.0, "MB").is_met(), Some(true));
        assert_eq!(Finding::new("size", Bar::None, 17.0, "MB").is_met(), None);
    }
}
