// A film on a shelf or in a grid: its cover, and under it what the cover can't say.
import { get } from "../api.js";
import { Cover } from "../cover/cover.js";
import { decimal, plural } from "../format.js";
import { html, useEffect, useState } from "../vendor/preact.js";
import { Star } from "./icons.js";

/** @typedef {import("../../../types/api").MovieResponse} Movie */

/** @param {{movie: Movie, place?: number, children?: unknown}} props */
export function FilmCard({ movie, place, children }) {
  const { weighted_score: score, count } = movie.rating_summary;
  return html`
    <li class="film">
      <a href=${`/movies/${movie.id}`} class="film-link">
        <${Cover} film=${movie} />
        <span class="film-title">${place && html`<span class="film-place">${place}</span>`}${movie.title}</span>
      </a>
      <p class="film-facts">
        <span>${movie.release_year ?? "Year unknown"}</span>
        ${count > 0
          ? html`<span class="film-score" title=${plural(count, "rating")}><${Star} share=${2} /><span class="unseen">weighted score </span>${decimal(score)}</span>`
          : html`<span>not rated</span>`}
      </p>
      ${children}
    </li>
  `;
}

/** @param {{count: number}} props */
export function FilmSkeletons({ count }) {
  return Array.from({ length: count }, () => html`
    <li class="film" aria-hidden="true">
      <span class="skeleton cover"></span><span class="film-title"><span class="skeleton skeleton-line"></span></span><p class="film-facts"><span class="skeleton skeleton-line"></span></p>
    </li>
  `);
}

/** Films that were asked for one by one, and those of them that have come. */
const asked = new Map();
const known = new Map();

/** @param {number} id @returns {Promise<Movie>} */
function film(id) {
  if (!asked.has(id)) {
    asked.set(id, get(`/movies/${id}`).then((found) => (known.set(id, found), found)));
    asked.get(id).catch(() => asked.delete(id));
  }
  return asked.get(id);
}

/**
 * The cover of a film of which a list tells only the title: its genres are asked for, because the
 * cover depends on them.
 * @param {{id: number}} props
 */
export function CoverOf({ id }) {
  const [movie, setMovie] = useState(known.get(id) ?? null);
  useEffect(() => {
    let isCurrent = true;
    film(id).then((found) => isCurrent && setMovie(found), () => {});
    return () => (isCurrent = false);
  }, [id]);
  return movie?.id === id ? html`<${Cover} film=${movie} />` : html`<span class="skeleton cover"></span>`;
}
