// The control to rate with: five stars in ten steps, for mouse, touch and keyboard.
import { stars } from "../format.js";
import { html, useEffect, useRef, useState } from "../vendor/preact.js";
import { Star, shares } from "./icons.js";

/** Someone who steps through scores with the arrow keys means the one they stop at. */
const SETTLES = 700;

/** Where a key leads from a score. @param {string} key @param {number} score */
function after(key, score) {
  if (/^[0-9]$/.test(key)) return key === "0" ? 10 : Number(key);
  if (key === "ArrowRight" || key === "ArrowUp") return Math.min(10, score + 1);
  if (key === "ArrowLeft" || key === "ArrowDown") return Math.max(1, score - 1);
  if (key === "PageUp") return Math.min(10, score + 2);
  if (key === "PageDown") return Math.max(1, score - 2);
  if (key === "Home") return 1;
  return key === "End" ? 10 : null;
}

/** @param {{score: number | null, rate: (score: number) => void, remove?: () => void, label: string}} props */
export function RatingControl({ score, rate, remove, label }) {
  const [meant, setMeant] = useState(/** @type {number | null} */ (null));
  const timer = useRef(0);
  const bar = useRef(/** @type {HTMLElement | null} */ (null));
  useEffect(() => () => clearTimeout(timer.current), []);
  const shown = meant ?? score ?? 0;

  /** @param {PointerEvent} event */
  function scoreAt(event) {
    const { left, width } = /** @type {HTMLElement} */ (bar.current).getBoundingClientRect();
    return Math.max(1, Math.min(10, Math.ceil(((event.clientX - left) / width) * 10)));
  }
  /** @param {number} next */
  function settle(next) {
    clearTimeout(timer.current);
    setMeant(null);
    if (next !== score) rate(next);
  }
  /** @param {KeyboardEvent} event */
  function onKeyDown(event) {
    if (event.metaKey || event.ctrlKey || event.altKey) return;
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      return void (meant && settle(meant));
    }
    if ((event.key === "Delete" || event.key === "Backspace") && remove && score) return remove();
    const next = after(event.key, meant ?? score ?? 0);
    if (next === null) return;
    event.preventDefault();
    setMeant(next);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => settle(next), SETTLES);
  }
  /** @param {PointerEvent} event */
  function onPointerDown(event) {
    if (event.button !== 0) return;
    bar.current?.setPointerCapture(event.pointerId);
    setMeant(scoreAt(event));
  }
  /** @param {PointerEvent} event */
  const onPointerMove = (event) => (event.pointerType === "mouse" || event.buttons) && setMeant(scoreAt(event));

  return html`
    <div class="rating" data-rated=${score !== null}>
      <div class="rating-stars" ref=${bar} role="slider" tabindex="0" aria-label=${label}
        aria-valuemin="0" aria-valuemax="10" aria-valuenow=${shown}
        aria-valuetext=${shown ? `${stars(shown)}, ${shown} of 10` : "not rated"}
        onKeyDown=${onKeyDown} onPointerDown=${onPointerDown} onPointerMove=${onPointerMove}
        onPointerUp=${(/** @type {PointerEvent} */ event) => meant && settle(scoreAt(event))}
        onPointerLeave=${() => setMeant(null)} onPointerCancel=${() => setMeant(null)}>
        ${shares(shown).map((share) => html`<${Star} share=${share} />`)}
      </div>
      <p class="rating-words" aria-hidden="true">${shown ? html`<strong>${shown}</strong><span> / 10</span>` : "Your rating"}</p>
    </div>
  `;
}
