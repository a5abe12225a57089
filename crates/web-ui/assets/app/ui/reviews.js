// What others gave a film, and what they say about it.
import { nameOf, onDay, stars, userPath } from "../format.js";
import { useList } from "../load.js";
import { html, useEffect } from "../vendor/preact.js";
import { Star, shares } from "./icons.js";
import { Empty, Failed, SkeletonText } from "./states.js";

/** Stars that can't be changed. @param {{score: number}} props */
export function Stars({ score }) {
  return html`<span class="stars" role="img" aria-label=${`${stars(score)}, ${score} of 10`}>${shares(score).map((share) => html`<${Star} share=${share} />`)}</span>`;
}

/** @param {{movieId: number, ownChanges: number}} props `ownChanges` counts how often one's own rating was changed here */
export function Reviews({ movieId, ownChanges }) {
  const list = useList(`/movies/${movieId}/ratings`, { limit: 20 });
  useEffect(() => {
    if (ownChanges > 0) list.refresh();
  }, [ownChanges]);
  return html`
    <section class="reviews" aria-labelledby="reviews-title">
      <h2 id="reviews-title">Ratings and reviews</h2>
      ${list.problem && html`<${Failed} problem=${list.problem} retry=${list.retry} />`}
      <ol class="review-list" aria-busy=${list.isLoading}>
        ${list.items.map((/** @type {any} */ rating) => html`
          <li key=${rating.user.username} class="review">
            <p class="review-head"><a href=${userPath(rating.user.username)}>${nameOf(rating.user)}</a><${Stars} score=${rating.score} /><span class="quiet">${onDay(rating.rated_at)}</span></p>
            ${rating.review && html`<p class="review-text">${rating.review}</p>`}
          </li>
        `)}
      </ol>
      ${list.isLoading && html`<${SkeletonText} lines=${3} />`}
      ${!list.isLoading && !list.problem && list.items.length === 0 && html`<${Empty} title="Nobody with a public profile has rated this film yet." />`}
      ${list.hasMore && html`<p class="more"><button type="button" class="button" onClick=${list.more}>Show more</button></p>`}
    </section>
  `;
}
