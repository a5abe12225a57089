//! The contracts of `TableWriter`.

use std::sync::Arc;

use reelmark_application::ports::TableWriter;

/// What every contract is given.
type Tables = Arc<dyn TableWriter>;

fn csv(tables: &Tables, rows: &[&[&str]]) -> String {
    let owned = |cells: &[&str]| cells.iter().map(|cell| (*cell).to_owned()).collect::<Vec<_>>();
    let rows = rows.iter().map(|cells| owned(cells)).collect();
    tables.csv(owned(&["a", "b"]), rows).unwrap()
}

pub async fn the_head_stands_in_the_first_line(tables: Tables) {
    assert_eq!(csv(&tables, &[]).lines().collect::<Vec<_>>(), ["a,b"]);
    let lines = csv(&tables, &[&["1", "2"], &["Grüße", ""]]);
    assert_eq!(lines.lines().collect::<Vec<_>>(), ["a,b", "1,2", "Grüße,"]);
}

pub async fn commas_quotes_and_lines_stay_within_their_cell(tables: Tables) {
    let text = csv(&tables, &[&["x,y", "say \"so\"\nor not"]]);
    let row = text.split_once('\n').unwrap().1.trim_end();
    assert_eq!(row, "\"x,y\",\"say \"\"so\"\"\nor not\"");
}

pub async fn no_cell_is_a_formula(tables: Tables) {
    for formula in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"] {
        let text = csv(&tables, &[&["x", formula]]);
        let cell = text.split_once("x,").unwrap().1;
        assert!(cell.trim_start_matches('"').starts_with('\''), "{formula:?}: {text:?}");
        assert!(cell.contains(formula), "{formula:?}: {text:?}");
    }
    assert!(csv(&tables, &[&["1-1", "a=b"]]).ends_with("1-1,a=b\n"));
}

pub async fn rows_of_another_width_are_refused(tables: Tables) {
    for row in [vec![], vec!["1".to_owned()], vec!["1".to_owned(); 3]] {
        assert!(tables.csv(vec!["a".into(), "b".into()], vec![row]).is_err());
    }
}

/// Declares one test per contract of `TableWriter`.
///
/// `$fresh` is an `async fn() -> Arc<dyn TableWriter>`.
#[macro_export]
macro_rules! table_writer_contracts {
    ($fresh:ident) => {
        $crate::contract_tests! { table_writer, $fresh,
            the_head_stands_in_the_first_line,
            commas_quotes_and_lines_stay_within_their_cell,
            no_cell_is_a_formula,
            rows_of_another_width_are_refused,
        }
    };
}
