// One film: what it is, one's own rating, and what everybody thinks.
import { get, getTagged } from "../api.js";
import { Cover } from "../cover/cover.js";
import { runtime } from "../format.js";
import { useLoaded } from "../load.js";
import { isCurator, session } from "../session.js";
import { useStore } from "../store.js";
import { OwnRating } from "../ui/own-rating.js";
import { Reviews } from "../ui/reviews.js";
import { Failed, Heading, SkeletonText } from "../ui/states.js";
import { RatingSummary } from "../ui/summary.js";
import { useTitle } from "../ui/title.js";
import { html, useEffect, useState } from "../vendor/preact.js";
import Lost from "./lost.js";

/** @typedef {import("../../../types/api").MovieResponse} Movie */

/** @param {{id: string}} props */
export default function MoviePage({ id }) {
  const { data, problem, reload } = useLoaded(() => getTagged(`/movies/${encodeURIComponent(id)}`), [id]);
  const movie = /** @type {Movie | undefined} */ (data?.data);
  useTitle(movie ? movie.title : problem ? "Film" : "");
  if (problem) return problem.status === 404 || problem.status === 422 ? html`<${Lost} />` : html`<${Heading}>Film<//><${Failed} problem=${problem} retry=${reload} />`;
  return movie ? html`<${Film} movie=${movie} />` : html`<${Waiting} />`;
}

function Waiting() {
  return html`
    <div class="movie" aria-busy="true">
      <div class="movie-cover"><span class="skeleton cover"></span></div>
      <div class="movie-facts"><h1 tabindex="-1"><span class="unseen">Loading…</span><span class="skeleton skeleton-title"></span></h1><${SkeletonText} lines=${5} /></div>
    </div>
  `;
}

/** @param {{movie: Movie}} props */
function Film({ movie }) {
  const { status, user } = useStore(session);
  const [summary, setSummary] = useState(movie.rating_summary);
  const refresh = () => get(`/movies/${movie.id}/rating-summary`).then(setSummary, () => {});
  useLiveSummary(movie.id, setSummary);
  return html`
    <article class="movie">
      <div class="movie-cover"><${Cover} film=${movie} /></div>
      <div class="movie-facts">
        <${Facts} movie=${movie} />
        ${isCurator(user) && html`<p><a href=${`/movies/${movie.id}/edit`} class="button">Edit the facts</a></p>`}
      </div>
      <div class="movie-own">
        ${status === "unknown" ? html`<div class="own skeleton-box"></div>` : html`<${OwnRating} movie=${movie} isMember=${status === "member"} changed=${refresh} />`}
        ${movie.synopsis && html`<p class="synopsis">${movie.synopsis}</p>`}
      </div>
      <div class="movie-more">
        <${RatingSummary} summary=${summary} />
        <${Reviews} movieId=${movie.id} version=${summary.version} />
      </div>
    </article>
  `;
}

/** @param {{movie: Movie}} props */
function Facts({ movie }) {
  const { imdb } = movie.external_ids;
  return html`
    <${Heading}>${movie.title}<//>
    ${movie.original_title && html`<p class="original-title">${movie.original_title}</p>`}
    <p class="movie-line">
      ${movie.release_year && html`<a href=${`/browse?year_from=${movie.release_year}&year_to=${movie.release_year}`}>${movie.release_year}</a>`}
      ${movie.runtime_minutes && html`<span>${runtime(movie.runtime_minutes)}</span>`}
      ${movie.directors.length > 0 && html`<span>by ${movie.directors.slice(0, 4).join(", ")}${movie.directors.length > 4 ? " and others" : ""}</span>`}
      ${imdb && html`<a href=${`https://www.imdb.com/title/${imdb}/`} rel="noreferrer" target="_blank">IMDb<span class="unseen"> (opens a new window)</span></a>`}
    </p>
    ${movie.genres.length > 0 && html`<ul class="tags" aria-label="Genres">${movie.genres.map((genre) => html`<li><a href=${`/browse?genre=${encodeURIComponent(genre)}`}>${genre}</a></li>`)}</ul>`}
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
