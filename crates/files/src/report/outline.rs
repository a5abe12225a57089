use reelmark_application::report::{RatingNumbers, ReportedMovie, Tally};

/// What a report says, section by section, whatever it is about.
pub(super) struct Outline {
    pub title: String,
    pub sections: Vec<Section>,
}

/// A table, and perhaps charts of it.
pub(super) struct Section {
    /// The stable, machine-readable name.
    pub name: &'static str,
    pub title: &'static str,
    /// The machine-readable name and the heading of each column. The first one names the row.
    pub columns: Vec<(&'static str, &'static str)>,
    pub rows: Vec<Vec<Cell>>,
    pub charts: Vec<Chart>,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Cell {
    /// Something that people wrote.
    Text(String),
    /// What a measure is called, machine-readable.
    Name(&'static str),
    Whole(u64),
    Number(f64),
    Missing,
}

/// A chart of one column over the names of the rows.
pub(super) struct Chart {
    pub kind: ChartKind,
    pub title: &'static str,
    pub column: usize,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum ChartKind {
    Bars,
    Line,
}

pub(super) fn text(text: impl Into<String>) -> Cell {
    Cell::Text(text.into())
}

pub(super) fn number(number: Option<f64>) -> Cell {
    number.map_or(Cell::Missing, Cell::Number)
}

/// Measures by name.
pub(super) fn summary(measures: Vec<(&'static str, Cell)>) -> Section {
    Section {
        name: "summary",
        title: "At a glance",
        columns: vec![("measure", "Measure"), ("value", "Value")],
        rows: measures.into_iter().map(|(name, value)| vec![Cell::Name(name), value]).collect(),
        charts: vec![],
    }
}

/// The measures that all reports begin with.
pub(super) fn measures(numbers: &RatingNumbers) -> Vec<(&'static str, Cell)> {
    vec![
        ("ratings", Cell::Whole(numbers.count)),
        ("mean", number(numbers.mean)),
        ("standard_deviation", number(numbers.standard_deviation)),
        ("polarization", number(numbers.polarization)),
    ]
}

pub(super) fn histogram(numbers: &RatingNumbers) -> Section {
    let rows = (1..)
        .zip(numbers.histogram)
        .map(|(score, count)| vec![Cell::Whole(score), Cell::Whole(count)]);
    Section {
        name: "histogram",
        title: "Ratings by score",
        columns: vec![("score", "Score"), ("count", "Ratings")],
        rows: rows.collect(),
        charts: vec![Chart { kind: ChartKind::Bars, title: "Ratings by score", column: 1 }],
    }
}

/// Groups of ratings, each with its number and mean.
pub(super) fn tallies(
    (name, title): (&'static str, &'static str),
    (key, heading): (&'static str, &'static str),
    tallies: &[Tally],
) -> Section {
    let rows = tallies
        .iter()
        .map(|tally| vec![text(&tally.key), Cell::Whole(tally.count), Cell::Number(tally.mean)]);
    Section {
        name,
        title,
        columns: vec![(key, heading), ("count", "Ratings"), ("mean", "Mean")],
        rows: rows.collect(),
        charts: vec![],
    }
}

/// The same over time.
pub(super) fn trend(
    names: (&'static str, &'static str),
    key: (&'static str, &'static str),
    over_time: &[Tally],
) -> Section {
    let charts = vec![
        Chart { kind: ChartKind::Line, title: "Ratings over time", column: 1 },
        Chart { kind: ChartKind::Line, title: "Mean over time", column: 2 },
    ];
    Section { charts, ..tallies(names, key, over_time) }
}

/// A list whose rows are named by their place in it.
pub(super) fn ranking(
    (name, title): (&'static str, &'static str),
    columns: &[(&'static str, &'static str)],
    rows: impl Iterator<Item = Vec<Cell>>,
) -> Section {
    let placed = (1..).zip(rows).map(|(place, mut row)| {
        row.insert(0, Cell::Whole(place));
        row
    });
    Section {
        name,
        title,
        columns: [&[("rank", "Rank")], columns].concat(),
        rows: placed.collect(),
        charts: vec![],
    }
}

/// The columns that [`movie_cells`] fills.
pub(super) const MOVIE: [(&str, &str); 3] =
    [("movie_id", "Movie"), ("title", "Title"), ("release_year", "Year")];

pub(super) fn movie_cells(movie: &ReportedMovie) -> Vec<Cell> {
    let year = movie.release_year.and_then(|year| u64::try_from(year).ok());
    vec![
        Cell::Whole(movie.id.unsigned_abs()),
        text(&movie.title),
        year.map_or(Cell::Missing, Cell::Whole),
    ]
}

/// The columns of a movie and those that follow.
pub(super) fn movie_and(
    columns: &[(&'static str, &'static str)],
) -> Vec<(&'static str, &'static str)> {
    [&MOVIE, columns].concat()
}
