use super::Finding;

/// The findings as a Markdown table; bars are judged when `judge` says so.
pub fn table(findings: &[Finding], judge: bool) -> String {
    let heading = ["what", "bar", "measured", if judge { "met" } else { "" }, "figures"];
    let mut rows = vec![heading.map(str::to_owned)];
    rows.extend(findings.iter().map(|finding| row(finding, judge)));
    let widths: [usize; 5] = std::array::from_fn(|column| {
        rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0)
    });
    let line = |row: &[String; 5]| {
        let cells = row.iter().zip(widths).map(|(cell, width)| format!(" {cell:width$} |"));
        format!("|{}\n", cells.collect::<String>())
    };
    let rule = widths.map(|width| "-".repeat(width));
    let body: String = rows[1..].iter().map(line).collect();
    format!("{}{}{body}", line(&rows[0]), line(&rule))
}

fn row(finding: &Finding, judge: bool) -> [String; 5] {
    let met = match finding.is_met() {
        Some(true) if judge => "yes",
        Some(false) if judge => "NO",
        _ => "",
    };
    let (bar, value) = (finding.bar_text(), finding.value_text());
    [finding.what.clone(), bar, value, met.into(), finding.figures.clone()]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::Bar;

    #[test]
    fn marks_what_is_not_met_unless_nothing_is_judged() {
        let findings = [Finding::new("binary", Bar::AtMost(30.0), 31.0, "MB")];
        assert!(table(&findings, true).contains("| NO"));
        assert!(!table(&findings, false).contains("NO"));
    }
}
