// The whole catalogue, narrowed by filters that stand in the address.
import { count } from "../format.js";
import { refine } from "../router.js";
import { FilmGrid } from "../ui/film-list.js";
import { GENRES, YearRange } from "../ui/filters.js";
import { Heading } from "../ui/states.js";
import { useTitle } from "../ui/title.js";
import { html } from "../vendor/preact.js";

const SORTS = [["title", "Title"], ["weighted_score", "Best rated"], ["rating_count", "Most rated"], ["release_year", "Newest"], ["added", "Added last"]];
const LEAST = ["", "1", "10", "50", "100"];

/** @param {{query: URLSearchParams}} props */
export default function Browse({ query }) {
  const filters = Object.fromEntries(query);
  const text = filters.query ?? "";
  useTitle(text ? `“${text}”` : "Browse");
  /** @param {string} name @param {string} value */
  const set = (name, value) => refine({ ...filters, [name]: value });
  /** @param {string} name */
  const onChange = (name) => (/** @type {any} */ event) => set(name, event.target.value);
  const sorts = text ? [["", "Best match"], ...SORTS] : SORTS;
  const asked = Object.fromEntries(["query", "genre", "year_from", "year_to", "min_ratings", "sort"].map((name) => [name, filters[name]]));
  return html`
    <${Heading}>${text ? `Films like “${text}”` : "Browse"}<//>
    <form class="filters" aria-label="Filters" onSubmit=${(/** @type {Event} */ event) => event.preventDefault()}>
      <label>Genre <select value=${filters.genre ?? ""} onChange=${onChange("genre")}><option value="">All</option>${GENRES.map((name) => html`<option>${name}</option>`)}</select></label>
      <${YearRange} filters=${filters} onChange=${onChange} />
      <label>Ratings <select value=${filters.min_ratings ?? ""} onChange=${onChange("min_ratings")}>${LEAST.map((least) => html`<option value=${least}>${least ? `${count(Number(least))} or more` : "Any number"}</option>`)}</select></label>
      <label>Order <select value=${filters.sort ?? (text ? "" : "title")} onChange=${onChange("sort")}>${sorts.map(([value, name]) => html`<option value=${value}>${name}</option>`)}</select></label>
      ${[...query.keys()].length > 0 && html`<button type="button" class="link" onClick=${() => refine({})}>Clear</button>`}
    </form>
    <${FilmGrid} path="/movies" query=${{ ...asked, count: "exact" }} label="Films">
      <p>Try fewer filters, or another spelling.</p>
    <//>
  `;
}
