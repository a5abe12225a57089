// Somebody's profile and the films they rated, which can be sorted and filtered.
import { get } from "../api.js";
import { decimal, nameOf, onDay, plural, userPath } from "../format.js";
import { html, useEffect, useState } from "../vendor/preact.js";
import { CoverOf } from "./film.js";
import { Stars } from "./reviews.js";
import { Empty, Failed, Heading, SkeletonText } from "./states.js";
import { Histogram } from "./summary.js";

/** @typedef {import("../../../types/api").UserRatingPage["items"][number]} Rated */

/** The API lists the latest first; what else there is to sort by is done here. @type {Record<string, [string, (a: Rated, b: Rated) => number]>} */
const SORTS = {
  latest: ["Rated last", (a, b) => b.rated_at.localeCompare(a.rated_at)],
  best: ["Best first", (a, b) => b.score - a.score || b.rated_at.localeCompare(a.rated_at)],
  worst: ["Worst first", (a, b) => a.score - b.score || b.rated_at.localeCompare(a.rated_at)],
  title: ["Title", (a, b) => a.movie.title.localeCompare(b.movie.title, "en")],
  year: ["Newest film", (a, b) => (b.movie.release_year ?? 0) - (a.movie.release_year ?? 0)],
};
const AT_ONCE = 48;

/** All ratings of somebody, page after page. @param {string} username */
function useAllRatings(username) {
  const [state, setState] = useState({ items: /** @type {Rated[]} */ ([]), isLoading: true, problem: null });
  useEffect(() => {
    let isCurrent = true;
    (async () => {
      /** @type {Rated[]} */
      let items = [];
      let cursor = null;
      do {
        /** @type {any} */
        const page = await get(`${userPath(username)}/ratings`, { query: { limit: 100, cursor } });
        if (!isCurrent) return;
        items = [...items, ...page.items];
        cursor = page.next_cursor;
        setState({ items, isLoading: cursor !== null, problem: null });
      } while (cursor);
    })().catch((problem) => isCurrent && setState({ items: [], isLoading: false, problem }));
    return () => (isCurrent = false);
  }, [username]);
  return state;
}

/** @param {{profile: import("../../../types/api").ProfileResponse, children?: unknown}} props */
export function ProfileHead({ profile, children }) {
  return html`
    <div class="profile">
      <div class="profile-words">
        <${Heading}>${nameOf(profile)}<//>
        <p class="quiet">@${profile.username} · here since ${onDay(profile.created_at)}</p>
        ${profile.bio && html`<p class="synopsis">${profile.bio}</p>`}
        ${children}
      </div>
      <div class="profile-numbers">
        <p><strong>${plural(profile.count, "film")}</strong>${profile.mean !== null && html`<span class="quiet"> · ${decimal(profile.mean)} on average</span>`}</p>
        <${Histogram} buckets=${profile.histogram} label="How often each score was given" />
      </div>
    </div>
  `;
}

/** @param {{username: string, empty: unknown}} props */
export function RatedFilms({ username, empty }) {
  const { items, isLoading, problem } = useAllRatings(username);
  const [sort, setSort] = useState("latest");
  const [text, setText] = useState("");
  const [least, setLeast] = useState(1);
  const [limit, setLimit] = useState(AT_ONCE);
  const wanted = text.trim().toLocaleLowerCase("en");
  const fits = (/** @type {Rated} */ { movie, score }) => score >= least && movie.title.toLocaleLowerCase("en").includes(wanted);
  const shown = items.filter(fits).sort(SORTS[sort][1]);
  if (problem) return html`<${Failed} problem=${problem} />`;
  return html`
    <section aria-labelledby="rated-title">
      <h2 id="rated-title">Rated films</h2>
      <form class="filters" aria-label="Filters" onSubmit=${(/** @type {Event} */ event) => event.preventDefault()}>
        <label>Title <input type="search" value=${text} onInput=${(/** @type {any} */ event) => setText(event.target.value)} /></label>
        <label>Score <select value=${least} onChange=${(/** @type {any} */ event) => setLeast(Number(event.target.value))}>${[1, 5, 6, 7, 8, 9, 10].map((score) => html`<option value=${score}>${score === 1 ? "Any" : score === 10 ? "10" : `${score} or more`}</option>`)}</select></label>
        <label>Order <select value=${sort} onChange=${(/** @type {any} */ event) => setSort(event.target.value)}>${Object.entries(SORTS).map(([name, [label]]) => html`<option value=${name}>${label}</option>`)}</select></label>
      </form>
      <ol class="grid" aria-label="Rated films" aria-busy=${isLoading}>${shown.slice(0, limit).map((/** @type {Rated} */ rated) => html`<${RatedFilm} key=${rated.movie.id} rated=${rated} />`)}</ol>
      ${isLoading && html`<${SkeletonText} lines=${2} />`}
      ${!isLoading && shown.length === 0 && html`<${Empty} title=${items.length ? "No film fits." : "Nothing rated yet."}>${items.length ? null : empty}<//>`}
      ${shown.length > limit && html`<p class="more"><button type="button" class="button" onClick=${() => setLimit(limit + AT_ONCE)}>Show more</button></p>`}
    </section>
  `;
}

/** @param {{rated: Rated}} props */
function RatedFilm({ rated }) {
  const { movie, score, review } = rated;
  return html`
    <li class="film">
      <a href=${`/movies/${movie.id}`} class="film-link"><${CoverOf} id=${movie.id} /><span class="film-title">${movie.title}</span></a>
      <p class="film-facts"><span>${movie.release_year ?? ""}</span><${Stars} score=${score} /></p>
      ${review && html`<p class="film-review">${review}</p>`}
    </li>
  `;
}
