use std::collections::BTreeMap;

use reelmark_domain::{ReportPeriod, longest_streak};
use time::Date;

use super::{corrupt, count, mean, movie_named, numbers, tallies};
use crate::ports::{
    ComparedRatingRecord, CorruptRecord, TallyRecord, UserNumbersRecord, YearsBestRecord,
};
use crate::report::{Comparison, ScoredMovie, UserReport, YearInReview};

/// What a report about a user says.
pub(crate) fn user_report(record: UserNumbersRecord) -> Result<UserReport, CorruptRecord> {
    Ok(UserReport {
        username: record.username,
        numbers: numbers(record.histogram)?,
        by_genre: tallies(record.by_genre)?,
        by_decade: tallies(record.by_decade.into_iter().map(named_decade).collect())?,
        by_month: tallies(by_month(&record.by_day))?,
        most_generous: comparisons(record.most_generous)?,
        least_generous: comparisons(record.least_generous)?,
        years: years(&record.by_day, record.years_best)?,
    })
}

fn named_decade(record: TallyRecord) -> TallyRecord {
    TallyRecord { key: record.key.map(|year| format!("{year}s")), ..record }
}

/// Adds days that stand in order to months.
fn by_month(days: &[TallyRecord]) -> Vec<TallyRecord> {
    let mut months: BTreeMap<&str, (i64, i64)> = BTreeMap::new();
    for day in days {
        let key = day.key.as_deref().and_then(|key| key.get(..7)).unwrap_or_default();
        let (count, sum) = months.entry(key).or_default();
        *count += day.count;
        *sum += day.sum;
    }
    let months = months.into_iter();
    months
        .map(|(key, (count, sum))| TallyRecord { key: Some(key.to_owned()), count, sum })
        .collect()
}

fn comparisons(records: Vec<ComparedRatingRecord>) -> Result<Vec<Comparison>, CorruptRecord> {
    records.into_iter().map(comparison).collect()
}

fn comparison(record: ComparedRatingRecord) -> Result<Comparison, CorruptRecord> {
    let others_mean = mean(record.others_count, record.others_sum)?;
    Ok(Comparison {
        movie: movie_named(record.movie),
        score: record.score,
        others_count: count(record.others_count)?,
        others_mean,
        difference: f64::from(record.score) - others_mean,
    })
}

fn years(
    days: &[TallyRecord],
    best: Vec<YearsBestRecord>,
) -> Result<Vec<YearInReview>, CorruptRecord> {
    let mut by_year: BTreeMap<i32, Vec<(Date, &TallyRecord)>> = BTreeMap::new();
    for record in days {
        let key = record.key.as_deref().unwrap_or_default();
        let day = ReportPeriod::parse_day(key).map_err(corrupt("updated_at"))?;
        by_year.entry(day.year()).or_default().push((day, record));
    }
    let mut best_of: BTreeMap<i32, Vec<ScoredMovie>> = BTreeMap::new();
    for YearsBestRecord { year, movie, score } in best {
        let movie = ScoredMovie { movie: movie_named(movie), score };
        best_of.entry(year).or_default().push(movie);
    }
    let reviews = by_year
        .into_iter()
        .map(|(year, days)| review(year, &days, best_of.remove(&year).unwrap_or_default()));
    reviews.collect()
}

/// One year, of days in order.
fn review(
    year: i32,
    days: &[(Date, &TallyRecord)],
    top_rated: Vec<ScoredMovie>,
) -> Result<YearInReview, CorruptRecord> {
    let total = days.iter().map(|(_, record)| record.count).sum();
    let sum = days.iter().map(|(_, record)| record.sum).sum();
    let day =
        |day: Option<&(Date, &TallyRecord)>| day.map_or_else(String::new, |d| d.0.to_string());
    Ok(YearInReview {
        year,
        count: count(total)?,
        mean: mean(total, sum)?,
        first_day: day(days.first()),
        last_day: day(days.last()),
        longest_streak_days: longest_streak(days.iter().map(|(day, _)| *day)),
        top_rated,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ports::ReportedMovieRecord;
    use crate::report::Tally;

    fn tally(key: &str, count: i64, sum: i64) -> TallyRecord {
        TallyRecord { key: Some(key.into()), count, sum }
    }

    fn movie(id: i64) -> ReportedMovieRecord {
        ReportedMovieRecord { id, title: format!("Movie {id}"), release_year: None }
    }

    fn record() -> UserNumbersRecord {
        let compared =
            ComparedRatingRecord { movie: movie(1), score: 9, others_count: 6, others_sum: 27 };
        UserNumbersRecord {
            username: "Ada".into(),
            histogram: [0, 0, 0, 0, 0, 1, 0, 3, 0, 0],
            by_genre: vec![tally("Drama", 2, 14)],
            by_decade: vec![tally("1970", 1, 6), TallyRecord { key: None, count: 3, sum: 24 }],
            by_day: vec![
                tally("2025-12-31", 1, 6),
                tally("2026-01-01", 1, 8),
                tally("2026-01-02", 1, 8),
                tally("2026-03-05", 1, 8),
            ],
            most_generous: vec![compared],
            least_generous: vec![],
            years_best: vec![YearsBestRecord { year: 2026, movie: movie(2), score: 8 }],
        }
    }

    #[test]
    fn a_year_tells_of_its_own_days() {
        let years = user_report(record()).unwrap().years;
        let short: Vec<_> =
            years.iter().map(|y| (y.year, y.count, y.longest_streak_days)).collect();
        assert_eq!(short, [(2025, 1, 1), (2026, 3, 2)]);
        let last = &years[1];
        assert_eq!((last.first_day.as_str(), last.last_day.as_str()), ("2026-01-01", "2026-03-05"));
        assert_eq!((last.mean, last.top_rated[0].movie.id), (8.0, 2));
        assert!(years[0].top_rated.is_empty());
    }

    #[test]
    fn adds_days_to_months_and_names_decades() {
        let report = user_report(record()).unwrap();
        let keys = |tallies: &[Tally]| -> Vec<(String, u64)> {
            tallies.iter().map(|tally| (tally.key.clone(), tally.count)).collect()
        };
        let months = [("2025-12", 1), ("2026-01", 2), ("2026-03", 1)].map(|(k, n)| (k.into(), n));
        assert_eq!(keys(&report.by_month), months);
        let decades = [("1970s", 1), ("unknown", 3)].map(|(k, n)| (k.into(), n));
        assert_eq!(keys(&report.by_decade), decades);
    }

    #[test]
    fn compares_with_the_others_mean() {
        let compared = &user_report(record()).unwrap().most_generous[0];
        assert_eq!((compared.others_mean, compared.difference), (4.5, 4.5));
    }
}
