// One film: what it is, one's own rating, and what everybody thinks.
import { get, getTagged } from "../api.js";
import { Cover } from "../cover/cover.js";
import { countryName, languageName, runtime } from "../format.js";
import { useLoaded } from "../load.js";
import { isCurator, session } from "../session.js";
import { useStore } from "../store.js";
import { OwnRating, loadOwn } from "../ui/own-rating.js";
import { Reviews } from "../ui/reviews.js";
import { Shelf } from "../ui/shelf.js";
import { Failed, Heading, SkeletonText } from "../ui/states.js";
import { RatingSummary } from "../ui/summary.js";
import { useTitle } from "../ui/title.js";
import { html, useEffect, useState } from "../vendor/preact.js";
import Lost from "./lost.js";

/** @typedef {import("../ui/film.js").Movie} Movie */

/** @param {{id: string}} props */
export default function MoviePage({ id }) {
  const { status } = useStore(session);
  const { data, problem, reload } = useLoaded(() => getTagged(`/movies/${encodeURIComponent(id)}`), [id]);
  const movie = /** @type {Movie | undefined} */ (data?.data);
  useTitle(movie ? movie.title : problem ? "Film" : "");
  if (problem) return problem.status === 404 || problem.status === 422 ? html`<${Lost} />` : html`<${Heading}>Film<//><${Failed} problem=${problem} retry=${reload} />`;
  // Who looks is told together with what they look at: there is a button for curators.
  return movie && status !== "unknown" ? html`<${Film} movie=${movie} />` : html`<${Waiting} />`;
}

function Waiting() {
  return html`
    <div class="movie" aria-busy="true">
      <div class="movie-cover"><span class="skeleton cover"></span></div>
      <div class="movie-facts"><h1 tabindex="-1"><span class="unseen">Loading…</span><span class="skeleton skeleton-title"></span></h1><${SkeletonText} lines=${5} /></div>
    </div>
  `;
}

/** What is known of one's own rating: nothing until it is told. @param {number} id */
function useOwn(id) {
  const { status } = useStore(session);
  const load = async () => ({ status, own: status === "member" ? await loadOwn(id) : null });
  const { data, problem, reload } = useLoaded(() => (status === "unknown" ? null : load()), [id, status]);
  return { known: data?.status === status ? data : null, problem, reload };
}

/**
 * Films that the same people like. Nobody misses them when they can't be had.
 * @param {number} id @returns {Promise<import("../../../types/api").SimilarMoviesResponse["items"]>}
 */
const similarTo = (id) => get(`/movies/${id}/similar`, { query: { limit: 12 } }).then((/** @type {any} */ page) => page.items, () => []);

/** @param {{movie: Movie}} props */
function Film({ movie }) {
  const { user } = useStore(session);
  const [summary, setSummary] = useState(movie.rating_summary);
  const own = useOwn(movie.id);
  const { data: similar } = useLoaded(() => similarTo(movie.id), [movie.id]);
  const [ownChanges, setOwnChanges] = useState(0);
  function refresh() {
    setOwnChanges((/** @type {number} */ changes) => changes + 1);
    get(`/movies/${movie.id}/rating-summary`).then(setSummary, () => {});
  }
  useLiveSummary(movie.id, setSummary);
  // What is below waits for what is above it, so that nothing is pushed down.
  const isAboveKnown = own.known || own.problem;
  return html`
    <article class="movie" aria-busy=${!isAboveKnown || !similar}>
      <div class="movie-cover"><${Cover} film=${movie} /></div>
      <div class="movie-facts">
        <${Facts} movie=${movie} />
        ${isCurator(user) && html`<p><a href=${`/movies/${movie.id}/edit`} class="button">Edit the facts</a></p>`}
      </div>
      <div class="movie-own">
        ${own.problem && html`<${Failed} problem=${own.problem} retry=${own.reload} />`}
        ${own.known && html`<${OwnRating} key=${own.known.status} movie=${movie} initial=${own.known.own} isMember=${own.known.status === "member"} changed=${refresh} />`}
        ${!isAboveKnown && html`<div class="own skeleton-box"></div>`}
        ${isAboveKnown && movie.synopsis && html`<p class="synopsis">${movie.synopsis}</p>`}
      </div>
      ${isAboveKnown && html`
        <div class="movie-more">
          <${RatingSummary} summary=${summary} />
          ${similar && html`
            <${Shelf} title="Films like this one" films=${similar.map(({ movie }) => movie)} />
            <${Reviews} movieId=${movie.id} ownChanges=${ownChanges} />
          `}
        </div>
      `}
    </article>
  `;
}

/** @param {{movie: Movie}} props */
function Facts({ movie }) {
  const { imdb } = movie.external_ids;
  const { alternative_titles: others, original_language: language, countries } = movie;
  return html`
    <${Heading}>${movie.title}<//>
    ${movie.original_title && html`<p class="original-title">${movie.original_title}</p>`}
    <p class="movie-line">
      ${movie.release_year && html`<a href=${`/browse?year_from=${movie.release_year}&year_to=${movie.release_year}`}>${movie.release_year}</a>`}
      ${movie.runtime_minutes && html`<span>${runtime(movie.runtime_minutes)}</span>`}
      ${movie.directors.length > 0 && html`<span>by ${movie.directors.slice(0, 4).join(", ")}${movie.directors.length > 4 ? " and others" : ""}</span>`}
      ${language && html`<a href=${`/browse?language=${encodeURIComponent(language)}`}><span class="unseen">Original language: </span>${languageName(language)}</a>`}
      ${countries.map((country) => html`<a key=${country} href=${`/browse?country=${encodeURIComponent(country)}`}><span class="unseen">Made in </span>${countryName(country)}</a>`)}
      ${imdb && html`<a href=${`https://www.imdb.com/title/${imdb}/`} rel="noreferrer" target="_blank">IMDb<span class="unseen"> (opens a new window)</span></a>`}
    </p>
    ${movie.genres.length > 0 && html`<ul class="tags" aria-label="Genres">${movie.genres.map((genre) => html`<li><a href=${`/browse?genre=${encodeURIComponent(genre)}`}>${genre}</a></li>`)}</ul>`}
    ${others.length > 0 && html`<p class="other-titles quiet">Also known as ${others.slice(0, 6).join(" · ")}${others.length > 6 ? ` and ${others.length - 6} more` : ""}</p>`}
  `;
}

/** Follows the summary while the page is looked at. @param {number} id @param {(summary: any) => void} heard */
function useLiveSummary(id, heard) {
  useEffect(() => {
    /** @type {EventSource | null} */
    let stream = null;
    const follow = () => {
      stream?.close();
      stream = null;
      // A stream holds a connection, so those whom nobody looks at are closed.
      if (document.hidden) return;
      stream = new EventSource(`/api/v1/movies/${id}/rating-summary/events`);
      stream.addEventListener("rating-summary", (event) => heard(JSON.parse(event.data)));
    };
    follow();
    document.addEventListener("visibilitychange", follow);
    return () => {
      stream?.close();
      document.removeEventListener("visibilitychange", follow);
    };
  }, [id]);
}
