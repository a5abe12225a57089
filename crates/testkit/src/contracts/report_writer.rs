//! The contracts of `ReportWriter`.

use std::sync::Arc;

use reelmark_application::ports::{ReportFormat, ReportWriter};
use reelmark_application::report::{Report, ReportResult};
use reelmark_domain::{ReportId, ReportKind, ReportPeriod, ReportStatus, UserId};
use serde_json::{Value, json};

use crate::builders::NOON;

type Writer = Arc<dyn ReportWriter>;

const HOSTILE: &str = "=1+1\"><script>alert(1)</script><b onclick=x>";

pub async fn csv_has_a_row_for_every_number_of_every_kind(writer: Writer) {
    for result in results("Up") {
        let text = written(&writer, &result, ReportFormat::Csv);
        assert_eq!(text.lines().next(), Some("section,row,column,value"));
        assert!(text.lines().any(|line| line == "histogram,8,count,2"), "{text}");
        assert!(text.lines().any(|line| line == "summary,mean,value,8"), "{text}");
    }
}

pub async fn no_cell_of_csv_begins_like_a_formula(writer: Writer) {
    for result in results(HOSTILE) {
        let text = written(&writer, &result, ReportFormat::Csv);
        assert!(!text.contains(",=") && !text.contains(",\"="), "{text}");
        assert!(text.contains("'=1+1"), "{text}");
    }
}

pub async fn a_page_holds_texts_of_users_as_texts(writer: Writer) {
    for result in results(HOSTILE) {
        let text = written(&writer, &result, ReportFormat::Html);
        assert!(!text.contains("<script") && !text.contains("<b "), "{text}");
        assert!(text.contains("&lt;script&gt;"), "{text}");
    }
}

pub async fn a_page_has_a_chart_and_no_style_inside(writer: Writer) {
    for result in results("Up") {
        let text = written(&writer, &result, ReportFormat::Html);
        assert!(text.starts_with("<!DOCTYPE html>") && text.contains("<svg"), "{text}");
        assert!(!text.contains("<style") && !text.contains(" style="), "{text}");
    }
}

fn written(writer: &Writer, result: &ReportResult, format: ReportFormat) -> String {
    writer.write(&report(), result, format).unwrap()
}

fn report() -> Report {
    Report {
        id: ReportId::parse(5).unwrap(),
        owner_id: UserId::parse(7).unwrap(),
        kind: ReportKind::Movie,
        subject: None,
        period: ReportPeriod::default(),
        status: ReportStatus::Done,
        requested_at: NOON,
        finished_at: Some(NOON),
        failure: None,
        result: None,
    }
}

/// One result of each kind, in which everything has this name.
fn results(name: &str) -> [ReportResult; 3] {
    let movie = json!({"id": 42, "title": name, "release_year": null});
    let tally = json!([{"key": name, "count": 2, "mean": 8.0}]);
    let numbers = json!({
        "count": 2,
        "mean": 8.0,
        "standard_deviation": 0.0,
        "polarization": 0.0,
        "histogram": [0, 0, 0, 0, 0, 0, 0, 2, 0, 0],
    });
    let of_movie = json!({
        "kind": "movie", "movie": movie, "numbers": numbers, "weighted_score": 7.0, "by_month": [],
    });
    let of_user = json!({
        "kind": "user", "username": name, "numbers": numbers, "by_genre": tally, "by_decade": [],
        "by_month": [], "most_generous": [], "least_generous": [], "years": [],
    });
    let of_catalogue = json!({
        "kind": "catalogue", "movies": 1, "users": 1, "reviews": 0, "numbers": numbers,
        "by_day": [], "top_rated": [], "most_divisive": [],
        "most_active": [{"username": name, "count": 2, "mean": 8.0}],
        "unrated": 1, "unrated_sample": [movie],
    });
    [of_movie, of_user, of_catalogue].map(read)
}

fn read(result: Value) -> ReportResult {
    serde_json::from_value(result).unwrap()
}

/// Declares one test per contract of `ReportWriter`.
#[macro_export]
macro_rules! report_writer_contracts {
    ($fresh_writer:ident) => {
        $crate::contract_tests! { report_writer, $fresh_writer,
            csv_has_a_row_for_every_number_of_every_kind,
            no_cell_of_csv_begins_like_a_formula,
            a_page_holds_texts_of_users_as_texts,
            a_page_has_a_chart_and_no_style_inside,
        }
    };
}
