// The whole catalogue, narrowed by filters that stand in the address.
import { count, countryName, languageName } from "../format.js";
import { refine } from "../router.js";
import { session } from "../session.js";
import { useStore } from "../store.js";
import { countries, languages } from "../ui/codes.js";
import { FilmGrid } from "../ui/film-list.js";
import { Chips, GenreChecks, NumberBox, Select, YearRange } from "../ui/filters.js";
import { Heading, SkeletonText } from "../ui/states.js";
import { useTitle } from "../ui/title.js";
import { html, useState } from "../vendor/preact.js";

/** @typedef {[value: string, label: string][]} Choices */

/** @type {Choices} */
const SORTS = [["title", "Title"], ["weighted_score", "Best rated"], ["rating_count", "Most rated"], ["release_year", "Newest"], ["added", "Added last"]];
/** @type {Choices} */
const LEAST = [["", "Any number"], ...["1", "10", "50", "100", "1000"].map((least) => /** @type {[string, string]} */ ([least, `${count(Number(least))} or more`]))];
/** @type {Choices} */
const MINE = [["", "All films"], ["false", "Not rated by me"], ["true", "Rated by me"]];

const NAMES = ["query", "year_from", "year_to", "runtime_from", "runtime_to", "language", "country", "min_ratings", "rated_by_me", "sort"];
const RARE = ["runtime_from", "runtime_to", "language", "country", "rated_by_me"];

/** How a filter in use is named. @type {Record<string, (value: string) => string>} */
const WORDS = {
  year_from: (year) => `From ${year}`,
  year_to: (year) => `To ${year}`,
  runtime_from: (minutes) => `${minutes} min or longer`,
  runtime_to: (minutes) => `${minutes} min or shorter`,
  language: languageName,
  country: countryName,
  min_ratings: (least) => `${count(Number(least))} ratings or more`,
  rated_by_me: (mine) => (mine === "true" ? "Rated by me" : "Not rated by me"),
};

/** @param {{query: URLSearchParams}} props */
export default function Browse({ query }) {
  const { status } = useStore(session);
  /** @type {Record<string, string>} */
  const filters = Object.fromEntries(NAMES.map((name) => [name, query.get(name) ?? ""]));
  const genres = query.getAll("genre");
  const text = filters.query;
  useTitle(text ? `“${text}”` : "Browse");
  /** @type {import("../ui/filters.js").Set} */
  const set = (name, value) => refine({ ...filters, genre: genres, [name]: value });
  const chips = [
    ...genres.map((name) => ({ text: name, remove: () => set("genre", genres.filter((other) => other !== name)) })),
    ...Object.keys(WORDS).filter((name) => filters[name]).map((name) => ({ text: WORDS[name](filters[name]), remove: () => set(name, "") })),
  ];
  return html`
    <${Heading}>${text ? `Films like “${text}”` : "Browse"}<//>
    <form aria-label="Filters" onSubmit=${(/** @type {Event} */ event) => event.preventDefault()}>
      <div class="filters">
        <${GenreChecks} chosen=${genres} set=${set} />
        <${YearRange} filters=${filters} set=${set} />
        <${Select} label="Ratings" name="min_ratings" value=${filters.min_ratings} options=${LEAST} set=${set} />
        <${Select} label="Order" name="sort" value=${filters.sort || (text ? "" : "title")} options=${text ? [["", "Best match"], ...SORTS] : SORTS} set=${set} />
      </div>
      <${RareFilters} filters=${filters} set=${set} isMember=${status === "member"} />
      <${Chips} chips=${chips} clear=${() => refine({ query: text, sort: filters.sort })} />
    </form>
    <${Found} status=${status} asked=${{ ...filters, genre: genres }} />
  `;
}

/** @param {{filters: Record<string, string>, set: import("../ui/filters.js").Set, isMember: boolean}} props */
function RareFilters({ filters, set, isMember }) {
  const [isOpen, setOpen] = useState(RARE.some((name) => filters[name]));
  return html`
    <details class="rare" open=${isOpen} onToggle=${(/** @type {any} */ event) => setOpen(event.currentTarget.open)}>
      <summary>More filters</summary>
      <div class="filters">
        <${NumberBox} label="Minutes, from" name="runtime_from" value=${filters.runtime_from} least=${1} most=${1000} set=${set} />
        <${NumberBox} label="to" name="runtime_to" value=${filters.runtime_to} least=${1} most=${1000} set=${set} />
        <${Select} label="Language" name="language" value=${filters.language} options=${[["", "All"], ...languages]} set=${set} />
        <${Select} label="Country" name="country" value=${filters.country} options=${[["", "All"], ...countries]} set=${set} />
        ${isMember && html`<${Select} label="Your ratings" name="rated_by_me" value=${filters.rated_by_me} options=${MINE} set=${set} />`}
      </div>
    </details>
  `;
}

/** @param {{status: string, asked: Record<string, unknown>}} props */
function Found({ status, asked }) {
  if (asked.rated_by_me && status === "unknown") return html`<${SkeletonText} />`;
  const isForMembers = asked.rated_by_me && status === "guest";
  return html`
    ${isForMembers && html`<p>What you rated is known <a href="/sign-in">when you sign in</a>.</p>`}
    <${FilmGrid} path="/movies" query=${{ ...asked, rated_by_me: isForMembers ? "" : asked.rated_by_me, count: "exact" }} label="Films">
      <p>Try fewer filters, or another spelling.</p>
    <//>
  `;
}
