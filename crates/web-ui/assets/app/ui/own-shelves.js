// What the first page has for whoever is signed in: films for them, and what they rated last.
import { get } from "../api.js";
import { userPath } from "../format.js";
import { html } from "../vendor/preact.js";
import { CoverOf, FilmCard } from "./film.js";
import { Shelf } from "./shelf.js";

/** @typedef {import("../../../types/api").UserRatingPage} UserRatingPage */
/** @typedef {import("../../../types/api").RecommendationsResponse["items"][number]} Recommended */

/** Neither shelf is worth a page without all others. @param {{username: string}} user */
export async function loadOwn({ username }) {
  const items = (/** @type {string} */ path) => get(path, { query: { limit: 14 } }).then((/** @type {any} */ page) => page.items, () => []);
  const [recommended, recent] = await Promise.all([items("/users/me/recommendations"), items(`${userPath(username)}/ratings`)]);
  return { recommended, recent };
}

/** @param {{recommended: Recommended[], recent: UserRatingPage["items"]}} props */
export function OwnShelves({ recommended, recent }) {
  return html`
    <${Shelf} title="For you" films=${recommended}>
      ${recommended.map(({ movie, because }) => html`<${FilmCard} key=${movie.id} movie=${movie}><${Because} films=${because} /><//>`)}
    <//>
    <${Shelf} title="Recently rated by you" films=${recent} more="/me">
      ${recent.map(({ movie, score }) => html`
        <li class="film" key=${movie.id}>
          <a href=${`/movies/${movie.id}`} class="film-link"><${CoverOf} id=${movie.id} /><span class="film-title">${movie.title}</span></a>
          <p class="film-facts"><span>${movie.release_year ?? ""}</span><span class="film-score">you: ${score}</span></p>
        </li>
      `)}
    <//>
  `;
}

/** Why a film is there. @param {{films: Recommended["because"]}} props */
function Because({ films }) {
  if (films.length === 0) return null;
  const link = (/** @type {{id: number, title: string}} */ { id, title }) => html`<a href=${`/movies/${id}`}>${title}</a>`;
  return html`<p class="film-because">Because you rated ${link(films[0])}${films.length > 1 && html` and ${films.length === 2 ? link(films[1]) : `${films.length - 1} others`}`}</p>`;
}
