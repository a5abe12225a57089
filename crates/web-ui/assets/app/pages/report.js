// One report, as pictures and numbers.
import { get } from "../api.js";
import { atTime, count, decimal, plural } from "../format.js";
import { useLoaded } from "../load.js";
import { membersOnly } from "../ui/members-only.js";
import { FilmTable, Numbers, Years } from "../ui/report-parts.js";
import { save } from "../ui/save.js";
import { Empty, Failed, Heading, SkeletonText } from "../ui/states.js";
import { Histogram } from "../ui/summary.js";
import { Bars, finished } from "../ui/taste.js";
import { html } from "../vendor/preact.js";

export default membersOnly("Report", ({ id }) => {
  const path = `/reports/${encodeURIComponent(id)}`;
  const { data: report, problem, reload } = useLoaded(async () => finished(await get(path)), [id]);
  if (problem) return html`<${Heading}>Report<//><${Failed} problem=${problem} retry=${reload} />`;
  if (!report) return html`<${Heading}>Report<//><p role="status">It is being made…</p><${SkeletonText} lines=${8} />`;
  if (report.status === "failed") return html`<${Heading}>Report<//><${Empty} title=${`It could not be made: ${String(report.failure).replace(/_/g, " ")}.`} />`;
  const [title, Body] = KINDS[String(report.kind)];
  return html`
    <${Heading}>${title(report.result)}<//>
    <p class="quiet">Made ${atTime(report.finished_at ?? "")}${report.from || report.to ? `, for ${report.from ?? "the beginning"} to ${report.to ?? "today"}` : ""}.
      ${" "}<button type="button" class="link" onClick=${() => save(path, { accept: "text/csv" }, `reelmark-report-${id}.csv`)}>Save as CSV</button>
      ${" "}<button type="button" class="link" onClick=${() => save(path, { accept: "text/html" }, `reelmark-report-${id}.html`)}>Save as a page</button></p>
    <${Body} result=${report.result} />
  `;
});

/** @param {{result: any}} props */
const MovieReport = ({ result }) => html`
  <${Numbers} numbers=${result.numbers} more=${[["Weighted score", decimal(result.weighted_score)]]} />
  <${Histogram} buckets=${result.numbers.histogram} label="How often each score was given" />
  <${Bars} title="By month" groups=${result.by_month} />
  <p><a href=${`/movies/${result.movie.id}`}>To the film</a></p>
`;

/** @param {{result: any}} props */
const UserReport = ({ result }) => html`
  <${Numbers} numbers=${result.numbers} />
  <${Histogram} buckets=${result.numbers.histogram} label="How often each score was given" />
  <div class="two"><${Bars} title="By decade of the film" groups=${result.by_decade} /><${Bars} title="By genre" groups=${result.by_genre} /></div>
  <${Bars} title="By month" groups=${result.by_month} />
  <div class="two"><${FilmTable} title="Liked more than others do" rows=${result.most_generous} columns=${OPINIONS} /><${FilmTable} title="Liked less" rows=${result.least_generous} columns=${OPINIONS} /></div>
  <${Years} years=${result.years} />
`;

/** @type {[string, (row: any) => unknown][]} */
const OPINIONS = [["Yours", (row) => row.score], ["Others", (row) => decimal(row.others_mean)]];
/** @type {[string, (row: any) => unknown][]} */
const RANKS = [["Ratings", (row) => count(row.count)], ["Mean", (row) => decimal(row.mean)], ["Spread", (row) => row.standard_deviation.toFixed(2)]];

/** @param {{result: any}} props */
const CatalogueReport = ({ result }) => html`
  <${Numbers} numbers=${result.numbers} more=${[["Films", count(result.movies)], ["Unrated films", count(result.unrated)], ["Users", count(result.users)], ["Reviews", count(result.reviews)]]} />
  <${Histogram} buckets=${result.numbers.histogram} label="How often each score was given" />
  <${Bars} title="By day" groups=${result.by_day} />
  <div class="two"><${FilmTable} title="Top rated" rows=${result.top_rated} columns=${RANKS} /><${FilmTable} title="Most divisive" rows=${result.most_divisive} columns=${RANKS} /></div>
  <h2>Most active</h2>
  <ol>${result.most_active.map((/** @type {any} */ user) => html`<li>${user.username ?? "somebody private"}: ${plural(user.count, "rating")}, ${decimal(user.mean)} on average</li>`)}</ol>
`;

/** @type {Record<string, [(result: any) => string, (props: any) => unknown]>} */
const KINDS = {
  movie: [(result) => result.movie.title, MovieReport],
  user: [(result) => `The taste of ${result.username}`, UserReport],
  catalogue: [() => "The whole catalogue", CatalogueReport],
};
