// What one has to say about a film besides the score.
import { html, useState } from "../vendor/preact.js";

const LONGEST = 5000;

/** @param {{review: string | null, save: (review: string | null) => void}} props */
export function ReviewEditor({ review, save }) {
  const [isOpen, setOpen] = useState(false);
  const [text, setText] = useState(review ?? "");
  if (!isOpen) {
    return html`
      ${review && html`<p class="review-text">${review}</p>`}
      <button type="button" class="link" onClick=${() => setOpen(true)}>${review ? "Edit your review" : "Write a review"}</button>
    `;
  }
  /** @param {Event} event */
  function onSubmit(event) {
    event.preventDefault();
    setOpen(false);
    if (text.trim() !== (review ?? "")) save(text.trim() || null);
  }
  return html`
    <form class="review-form" onSubmit=${onSubmit}>
      <label for="review">Your review</label>
      <textarea id="review" rows="5" maxlength=${LONGEST} value=${text} onInput=${(/** @type {any} */ event) => setText(event.target.value)} ref=${(/** @type {HTMLElement | null} */ box) => box && !box.dataset.met && ((box.dataset.met = "1"), box.focus())}></textarea>
      <p class="actions"><button class="button button-primary">Save the review</button><button type="button" class="link" onClick=${() => setOpen(false)}>Cancel</button></p>
    </form>
  `;
}
