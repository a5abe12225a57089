use maud::html;
use plotters::prelude::*;
use reelmark_application::ports::Cause;

use super::outline::{Cell, Chart, ChartKind, Section};

const SIZE: (u32, u32) = (720, 260);

/// Both colours stand out from a white page as well as from a black one (WCAG: 4.5 and 3 to 1).
const INK: RGBColor = RGBColor(0x76, 0x76, 0x76);
const PAINT: RGBColor = RGBColor(0x3B, 0x7D, 0xD8);

/// How many names of rows fit below a chart.
const MOST_LABELS: usize = 10;

/// Draws a chart as an SVG element that says what it shows; nothing where there is nothing to show.
pub(super) fn draw(section: &Section, chart: &Chart) -> Result<Option<String>, Cause> {
    let values: Vec<f64> = section.rows.iter().map(|row| value(row.get(chart.column))).collect();
    let names: Vec<String> = section.rows.iter().map(|row| name(row.first())).collect();
    if values.iter().all(|value| *value == 0.0) {
        return Ok(None);
    }
    let mut svg = String::new();
    match chart.kind {
        ChartKind::Bars => bars(&mut svg, &names, &values)?,
        ChartKind::Line => line(&mut svg, &names, &values)?,
    }
    let id = format!("{}-{}", section.name, chart.column);
    Ok(Some(described(&svg, &id, chart.title, &names)))
}

fn value(cell: Option<&Cell>) -> f64 {
    match cell {
        Some(Cell::Whole(whole)) => *whole as f64,
        Some(Cell::Number(number)) => *number,
        _ => 0.0,
    }
}

fn name(cell: Option<&Cell>) -> String {
    match cell {
        Some(Cell::Text(text)) => text.clone(),
        Some(Cell::Whole(whole)) => whole.to_string(),
        Some(Cell::Name(name)) => (*name).to_owned(),
        _ => String::new(),
    }
}

fn bars(svg: &mut String, names: &[String], values: &[f64]) -> Result<(), Cause> {
    let area = SVGBackend::with_string(svg, SIZE).into_drawing_area();
    let places = (0..names.len() - 1).into_segmented();
    let mut chart = frame(&area).build_cartesian_2d(places, 0.0..top(values))?;
    let named = |place: &SegmentValue<usize>| match place {
        SegmentValue::CenterOf(place) => names.get(*place).cloned().unwrap_or_default(),
        _ => String::new(),
    };
    let ink = ("sans-serif", 14).into_font().color(&INK);
    let mut mesh = chart.configure_mesh();
    mesh.disable_x_mesh().axis_style(INK).light_line_style(TRANSPARENT);
    mesh.bold_line_style(INK.mix(0.25)).label_style(ink).x_labels(names.len());
    mesh.x_label_formatter(&named).y_label_formatter(&short).draw()?;
    chart.draw_series(values.iter().enumerate().map(|(place, value)| {
        let corners = [(SegmentValue::Exact(place), 0.0), (SegmentValue::Exact(place + 1), *value)];
        let mut bar = Rectangle::new(corners, PAINT.filled());
        bar.set_margin(0, 0, 6, 6);
        bar
    }))?;
    Ok(area.present()?)
}

fn line(svg: &mut String, names: &[String], values: &[f64]) -> Result<(), Cause> {
    let area = SVGBackend::with_string(svg, SIZE).into_drawing_area();
    let last = (names.len() - 1).max(1) as f64;
    let mut chart = frame(&area).build_cartesian_2d(0.0..last, 0.0..top(values))?;
    let named = |place: &f64| match (place.round() - place).abs() < 1e-6 {
        true => names.get(place.round() as usize).cloned().unwrap_or_default(),
        false => String::new(),
    };
    let ink = ("sans-serif", 14).into_font().color(&INK);
    let mut mesh = chart.configure_mesh();
    mesh.disable_x_mesh().axis_style(INK).light_line_style(TRANSPARENT);
    mesh.bold_line_style(INK.mix(0.25)).label_style(ink).x_labels(names.len().min(MOST_LABELS));
    mesh.x_label_formatter(&named).y_label_formatter(&short).draw()?;
    let points: Vec<(f64, f64)> = (0..).map(f64::from).zip(values.iter().copied()).collect();
    chart.draw_series(LineSeries::new(points.iter().copied(), PAINT.stroke_width(2)))?;
    chart.draw_series(points.iter().map(|point| Circle::new(*point, 3, PAINT.filled())))?;
    Ok(area.present()?)
}

fn frame<'a, 'b, B: DrawingBackend>(
    area: &'a DrawingArea<B, plotters::coord::Shift>,
) -> ChartBuilder<'a, 'b, B> {
    let mut frame = ChartBuilder::on(area);
    frame.margin(10).margin_right(40).x_label_area_size(28).y_label_area_size(56);
    frame
}

/// A little above the greatest value.
fn top(values: &[f64]) -> f64 {
    values.iter().copied().fold(1.0, f64::max) * 1.05
}

fn short(value: &f64) -> String {
    if value.fract() == 0.0 { format!("{value:.0}") } else { format!("{value:.1}") }
}

/// Tells those who don't see the chart what it is; the numbers stand in the table beside it.
fn described(svg: &str, id: &str, title: &str, names: &[String]) -> String {
    let (title_id, text_id) = (format!("{id}-title"), format!("{id}-text"));
    let range = match names {
        [] => String::new(),
        [only] => format!("{only}."),
        [first, .., last] => format!("From {first} to {last}."),
    };
    let words = html! {
        title id=(title_id) { (title) }
        desc id=(text_id) { (range) " The table beside it has the numbers." }
    };
    let (head, body) = svg.split_once('>').unwrap_or((svg, ""));
    format!(
        "{head} role=\"img\" aria-labelledby=\"{title_id} {text_id}\">{}{body}",
        words.into_string()
    )
}
