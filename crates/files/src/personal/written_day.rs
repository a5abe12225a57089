use reelmark_domain::{RatedAt, ValueError};
use time::format_description::BorrowedFormatItem;
use time::macros::format_description;
use time::{Date, OffsetDateTime};

const ISO: &[BorrowedFormatItem<'_>] = format_description!("[year]-[month]-[day]");

/// The end of "Tue Mar  5 00:00:00 2013", once its words are put in order.
const FORMER: &[BorrowedFormatItem<'_>] =
    format_description!("[year] [month repr:short] [day padding:none]");

/// Reads a day as "2013-03-05", or as IMDb wrote it until 2017: "Tue Mar  5 00:00:00 2013".
pub(super) fn day(now: OffsetDateTime) -> impl Fn(&str) -> Result<RatedAt, ValueError> {
    move |raw| {
        let malformed = ValueError::Malformed { expected: "a day such as 2013-03-05" };
        let day = Date::parse(raw, ISO).ok().or_else(|| former(raw));
        RatedAt::from_day(day.ok_or(malformed)?, now)
    }
}

fn former(raw: &str) -> Option<Date> {
    let words: Vec<_> = raw.split_whitespace().collect();
    let [_, month, day, _, year] = words.as_slice() else { return None };
    Date::parse(&format!("{year} {month} {day}"), FORMER).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::datetime;

    #[test]
    fn reads_days_of_today_and_of_old() {
        let day = day(datetime!(2026-03-01 12:00 UTC));
        let fifth = datetime!(2013-03-05 00:00 UTC);
        for raw in ["2013-03-05", "Tue Mar  5 00:00:00 2013", "Tue Mar 05 00:00:00 2013"] {
            assert_eq!(day(raw).unwrap().get(), fifth, "{raw}");
        }
        for raw in ["05.03.2013", "2013-02-30", "Tue Foo  5 00:00:00 2013", "2026-03-09", "-1"] {
            assert!(day(raw).is_err(), "{raw}");
        }
    }
}
