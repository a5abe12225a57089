use maud::{DOCTYPE, Markup, PreEscaped, html};
use reelmark_application::ports::Cause;
use reelmark_application::report::Report;
use time::OffsetDateTime;
use time::macros::format_description;

use super::chart;
use super::outline::{Cell, Outline, Section};

/// A page that needs nothing but itself: `/report.css` makes it nicer, and `color-scheme` fits it to
/// a light or a dark screen without.
pub(super) fn write(report: &Report, outline: &Outline) -> Result<String, Cause> {
    let sections: Vec<Markup> = outline.sections.iter().map(section).collect::<Result<_, _>>()?;
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (outline.title) " – Reelmark" }
                link rel="stylesheet" href="/report.css";
            }
            body {
                main {
                    h1 { (outline.title) }
                    p { (period(report)) " Made on " (time(report.finished_at)) "." }
                    @for section in &sections { (section) }
                }
            }
        }
    };
    Ok(page.into_string())
}

fn period(report: &Report) -> String {
    match (report.period.from(), report.period.to()) {
        (None, None) => String::new(),
        (Some(from), None) => format!("Ratings from {from} on."),
        (None, Some(to)) => format!("Ratings before {to}."),
        (Some(from), Some(to)) => format!("Ratings from {from} on and before {to}."),
    }
}

fn time(time: Option<OffsetDateTime>) -> String {
    let format = format_description!("[year]-[month]-[day] [hour]:[minute] UTC");
    time.and_then(|time| time.format(format).ok()).unwrap_or_default()
}

fn section(section: &Section) -> Result<Markup, Cause> {
    let charts = section.charts.iter().map(|one| Ok((one.title, chart::draw(section, one)?)));
    let charts: Vec<(&str, Option<String>)> = charts.collect::<Result<_, Cause>>()?;
    Ok(html! {
        section id=(section.name) {
            h2 { (section.title) }
            @for (title, chart) in &charts {
                @if let Some(chart) = chart {
                    figure { (PreEscaped(chart)) figcaption { (title) } }
                }
            }
            @if section.rows.is_empty() {
                p { "There is nothing to show." }
            } @else {
                (table(section))
            }
        }
    })
}

fn table(section: &Section) -> Markup {
    html! {
        table {
            caption { (section.title) }
            thead {
                tr { @for (_, heading) in &section.columns { th scope="col" { (heading) } } }
            }
            tbody {
                @for row in &section.rows {
                    tr {
                        @for (place, cell) in row.iter().enumerate() {
                            @if place == 0 {
                                th scope="row" { (plain(cell)) }
                            } @else {
                                td { (plain(cell)) }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn plain(cell: &Cell) -> String {
    match cell {
        Cell::Text(text) => text.clone(),
        Cell::Name(name) => name.replace('_', " "),
        Cell::Whole(whole) => whole.to_string(),
        Cell::Number(number) => format!("{number:.2}"),
        Cell::Missing => "–".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{outline, samples};
    use super::*;
    use reelmark_application::report::ReportResult;

    fn page(result: &ReportResult) -> String {
        write(&samples::report(), &outline(result)).unwrap()
    }

    #[test]
    fn shows_charts_that_say_what_they_are_beside_their_tables() {
        let page = page(&samples::movie_result("Up"));
        assert_eq!(page.matches("<svg").count(), 3);
        assert_eq!(page.matches("role=\"img\"").count(), 3);
        assert!(page.contains("aria-labelledby=\"histogram-1-title histogram-1-text\""), "{page}");
        assert!(page.contains("<title id=\"histogram-1-title\">Ratings by score</title>"));
        assert!(page.contains("<caption>Ratings by score</caption>"));
        assert!(page.contains("<th scope=\"row\">8</th><td>2</td>"));
        assert!(page.contains("<h1>What people think of Up (2009)</h1>"));
    }

    #[test]
    fn draws_one_bar_for_each_score() {
        let page = page(&samples::movie_result("Up"));
        let svg = page.split("<svg").nth(1).unwrap().split("</svg>").next().unwrap();
        assert_eq!(svg.matches("fill=\"#3B7DD8\"").count(), 10, "{svg}");
    }

    #[test]
    fn has_no_code_and_no_styles_inside() {
        let results =
            [samples::movie_result("Up"), samples::user_result("Up"), samples::catalogue_result()];
        for result in results {
            let page = page(&result);
            for inline in ["<script", "<style", " style=", "javascript:", " on"] {
                let tags = page.split('<').filter_map(|tag| tag.split('>').next());
                let found: Vec<_> = tags.filter(|tag| format!("<{tag}").contains(inline)).collect();
                assert!(found.is_empty(), "{inline}: {found:?}");
            }
        }
    }

    #[test]
    fn texts_of_users_stay_texts() {
        let hostile = "<script>alert(1)</script>\"><img src=x onerror=alert(1)>";
        for result in [samples::movie_result(hostile), samples::user_result(hostile)] {
            let page = page(&result);
            assert!(!page.contains("<script") && !page.contains("<img"), "{page}");
            assert!(page.contains("&lt;script&gt;alert(1)"));
        }
    }

    #[test]
    fn an_unrated_movie_has_no_charts() {
        let page = page(&samples::unrated_movie_result());
        assert!(!page.contains("<svg"));
        assert!(page.contains("There is nothing to show."));
    }
}
