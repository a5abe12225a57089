// The parts that reports are made of.
import { count, decimal, plural } from "../format.js";
import { html } from "../vendor/preact.js";

/** @param {{numbers: any, more?: [string, string][]}} props */
export function Numbers({ numbers, more = [] }) {
  const two = (/** @type {number | null} */ value) => (value === null ? "–" : value.toFixed(2));
  const all = [["Ratings", count(numbers.count)], ["Mean", decimal(numbers.mean)], ["Spread", two(numbers.standard_deviation)], ["Polarization", two(numbers.polarization)], ...more];
  return html`<dl class="facts facts-wide">${all.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`;
}

/** @param {{title: string, rows: any[], columns: [string, (row: any) => unknown][]}} props */
export function FilmTable({ title, rows, columns }) {
  if (rows.length === 0) return null;
  return html`
    <table class="table">
      <caption>${title}</caption>
      <thead><tr><th scope="col">Film</th>${columns.map(([name]) => html`<th scope="col" class="number">${name}</th>`)}</tr></thead>
      <tbody>${rows.map((row) => html`<tr key=${row.movie.id}><th scope="row"><a href=${`/movies/${row.movie.id}`}>${row.movie.title}</a></th>${columns.map(([, value]) => html`<td class="number">${value(row)}</td>`)}</tr>`)}</tbody>
    </table>
  `;
}

/** @param {{years: any[]}} props */
export function Years({ years }) {
  return html`
    <h2>Year by year</h2>
    ${years.map((year) => html`
      <section key=${year.year}>
        <h3>${year.year}</h3>
        <p>${plural(year.count, "film")}, ${decimal(year.mean)} on average; the longest streak was ${plural(year.longest_streak_days, "day")}.</p>
        <ul>${year.top_rated.map((/** @type {any} */ { movie, score }) => html`<li><a href=${`/movies/${movie.id}`}>${movie.title}</a>: ${score}</li>`)}</ul>
      </section>`)}
  `;
}
