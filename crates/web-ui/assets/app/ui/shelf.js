// A row of films that scrolls sideways.
import { get } from "../api.js";
import { useLoaded } from "../load.js";
import { html } from "../vendor/preact.js";
import { FilmCard, FilmSkeletons } from "./film.js";
import { Failed } from "./states.js";

/**
 * @param {{title: string, path: string, query?: Record<string, unknown>, more?: string, isRanked?: boolean, note?: string}} props
 * A shelf without films is not shown at all, unless a note says how to fill it.
 */
export function Shelf({ title, path, query = {}, more, isRanked = false, note }) {
  const { data, problem, reload } = useLoaded(() => get(path, { query: { limit: 14, ...query } }), [path, JSON.stringify(query)]);
  const films = data?.items;
  if (films?.length === 0 && !note) return null;
  const id = `shelf-${title.toLowerCase().replace(/[^a-z]+/g, "-")}`;
  return html`
    <section class="shelf" aria-labelledby=${id}>
      <div class="shelf-head">
        <h2 id=${id}>${title}</h2>
        ${more && films?.length !== 0 && html`<a href=${more}>See all<span class="unseen">: ${title}</span></a>`}
      </div>
      ${problem ? html`<${Failed} problem=${problem} retry=${reload} />` : films?.length === 0 ? html`<p class="shelf-note">${note}</p>` : html`
        <ol class="row" aria-labelledby=${id} aria-busy=${!films}>
          ${films ? films.map((/** @type {any} */ movie, /** @type {number} */ n) => html`<${FilmCard} key=${movie.id} movie=${movie} place=${isRanked ? n + 1 : undefined} />`) : html`<${FilmSkeletons} count=${8} />`}
        </ol>
      `}
    </section>
  `;
}
