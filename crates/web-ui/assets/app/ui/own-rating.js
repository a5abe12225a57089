// One's own rating of a film: shown as it is meant at once, sent behind it, and easily undone.
import { get, put, remove } from "../api.js";
import { navigate, place } from "../router.js";
import { html, useRef, useState } from "../vendor/preact.js";
import { RatingControl } from "./rating.js";
import { ReviewEditor } from "./review-editor.js";
import { say, sayProblem } from "./toast.js";

/** @typedef {{score: number, review: string | null} | null} Own */

/** @param {number} id @param {Own} own */
const store = (id, own) => (own ? put(`/movies/${id}/rating`, own) : remove(`/movies/${id}/rating`));

/** @param {number} id @returns {Promise<Own>} */
export async function loadOwn(id) {
  try {
    const { score, review } = /** @type {any} */ (await get(`/movies/${id}/rating`));
    return { score, review };
  } catch (/** @type {any} */ problem) {
    if (problem.code === "rating_not_found") return null;
    throw problem;
  }
}

/** @param {{movie: {id: number, title: string}, initial: Own, isMember: boolean, changed: () => void}} props */
export function OwnRating({ movie, initial, isMember, changed }) {
  const [own, setOwn] = useState(initial);
  // Writes go out one after the other, in the order in which they were meant.
  const queue = useRef(Promise.resolve());

  /** @param {Own} next @param {Own} before @param {string} words @param {boolean} [canUndo] */
  function change(next, before, words, canUndo = true) {
    setOwn(next);
    queue.current = queue.current.then(async () => {
      try {
        await store(movie.id, next);
        say(words, canUndo ? { label: "Undo", run: () => change(before, next, "Undone.", false) } : undefined);
        changed();
      } catch (problem) {
        setOwn(before);
        sayProblem(problem);
      }
    });
  }
  /** @param {number} score */
  function rate(score) {
    if (isMember) return change({ score, review: own?.review ?? null }, own, `You gave ${movie.title} ${score} of 10.`);
    say("Sign in to rate films.");
    navigate(`/sign-in?next=${encodeURIComponent(place.get().path)}`);
  }
  const take = () => change(null, own, `Your rating of ${movie.title} is gone.`);
  return html`
    <section class="own" aria-label="Your rating">
      <${RatingControl} score=${own?.score ?? null} rate=${rate} remove=${take} label=${`Your rating of ${movie.title}`} />
      ${own && html`
        <${ReviewEditor} key=${own.review} review=${own.review} save=${(/** @type {string | null} */ review) => change({ ...own, review }, own, review ? "Your review is saved." : "Your review is gone.")} />
        <button type="button" class="link" onClick=${take}>Remove my rating</button>
      `}
    </section>
  `;
}
