// A chart from its first place to its last.
import { refine } from "../router.js";
import { FilmGrid } from "../ui/film-list.js";
import { GenreSelect, YearRange } from "../ui/filters.js";
import { Heading } from "../ui/states.js";
import { useTitle } from "../ui/title.js";
import { html } from "../vendor/preact.js";
import Lost from "./lost.js";

/** @type {Record<string, [title: string, words: string]>} */
const CHARTS = {
  "top-rated": ["Top rated", "By weighted score, which takes a film with few ratings for an average one."],
  trending: ["Trending", "By what was rated lately; a rating counts half as much with every week."],
  "most-rated": ["Most rated", "By the number of ratings."],
};

/** @param {{kind: string, query: URLSearchParams}} props */
export default function Chart({ kind, query }) {
  const [title, words] = CHARTS[kind] ?? ["", ""];
  useTitle(title);
  if (!title) return html`<${Lost} />`;
  const filters = Object.fromEntries(query);
  /** @type {import("../ui/filters.js").Set} */
  const set = (name, value) => refine({ ...filters, [name]: value });
  const { genre, year_from, year_to } = filters;
  return html`
    <${Heading}>${title}<//>
    <p class="lede">${words}</p>
    <form class="filters" aria-label="Filters" onSubmit=${(/** @type {Event} */ event) => event.preventDefault()}>
      <${GenreSelect} value=${genre} set=${set} />
      <${YearRange} filters=${filters} set=${set} />
    </form>
    <${FilmGrid} path=${`/charts/${kind}`} query=${{ genre, year_from, year_to }} isRanked label=${title}>
      <p>Charts hold rated films alone. <a href="/browse">Find one and be the first to rate it.</a></p>
    <//>
  `;
}
