// A row of films that scrolls sideways.
import { get } from "../api.js";
import { html } from "../vendor/preact.js";
import { FilmCard, FilmSkeletons } from "./film.js";

/** @typedef {{title: string, path: string, query?: Record<string, unknown>, more: string, isRanked?: boolean}} Wanted */

const LENGTH = 14;

/**
 * The films of several shelves, asked for together.
 * @param {Wanted[]} wanted
 * @returns {Promise<(Wanted & {films: import("./film.js").Movie[]})[]>}
 */
export function loadShelves(wanted) {
  const fill = async (/** @type {Wanted} */ shelf) => {
    /** @type {any} */
    const page = await get(shelf.path, { query: { limit: LENGTH, ...shelf.query } });
    return { ...shelf, films: page.items };
  };
  return Promise.all(wanted.map(fill));
}

/** Films of a shelf as cards, which is what it shows unless it is given others. @param {any[]} films @param {boolean} isRanked */
const cards = (films, isRanked) => films.map((movie, n) => html`<${FilmCard} key=${movie.id} movie=${movie} place=${isRanked ? n + 1 : undefined} />`);

/**
 * A shelf without films is not shown at all.
 * @param {{title: string, films: any[], more?: string, isRanked?: boolean, children?: unknown}} props
 */
export function Shelf({ title, films, more, isRanked = false, children }) {
  if (films.length === 0) return null;
  const id = `shelf-${title.toLowerCase().replace(/[^a-z]+/g, "-")}`;
  return html`
    <section class="shelf" aria-labelledby=${id}>
      <div class="shelf-head">
        <h2 id=${id}>${title}</h2>
        ${more && html`<a href=${more}>See all<span class="unseen">: ${title}</span></a>`}
      </div>
      <ol class="row" aria-labelledby=${id}>${children ?? cards(films, isRanked)}</ol>
    </section>
  `;
}

/** What shows while shelves are on their way. */
export function SkeletonShelf() {
  return html`
    <div class="shelf" aria-busy="true">
      <p class="unseen" role="status">Loading…</p>
      <div class="shelf-head" aria-hidden="true"><span class="skeleton skeleton-head"></span></div>
      <ol class="row" aria-hidden="true"><${FilmSkeletons} count=${8} /></ol>
    </div>
  `;
}
