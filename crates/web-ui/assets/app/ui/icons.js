// Icons are decoration: what they stand for is always said in words beside them.
import { html } from "../vendor/preact.js";

/** @param {string} d */
const icon = (d) => html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d=${d} /></svg>`;

export const searchIcon = () => icon("M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM15.4 15.4 20 20");
export const sunIcon = () => icon("M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M5.3 18.7l1.4-1.4M17.3 6.7l1.4-1.4");
export const moonIcon = () => icon("M20 14.5A8.5 8.5 0 0 1 9.5 4 8.5 8.5 0 1 0 20 14.5z");

const STAR = "M12 2.6l2.900 5.900 6.500.950-4.700 4.600 1.100 6.450L12 17.450 6.200 20.500l1.100-6.450L2.600 9.450l6.500-.950z";

/** A star that is full, half full or empty. @param {{share: 0 | 1 | 2}} props */
export function Star({ share }) {
  return html`
    <svg class="star" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path class="star-empty" d=${STAR} />
      ${share > 0 && html`<svg width=${share * 12} height="24" viewBox=${`0 0 ${share * 12} 24`}><path class="star-full" d=${STAR} /></svg>`}
    </svg>
  `;
}

/** How full each of five stars is. @param {number} score @returns {(0 | 1 | 2)[]} */
export const shares = (score) => [0, 1, 2, 3, 4].map((n) => /** @type {0 | 1 | 2} */ (Math.max(0, Math.min(2, score - 2 * n))));
