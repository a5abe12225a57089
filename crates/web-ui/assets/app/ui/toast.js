// Short messages at the foot of the page, read out by screen readers; some can be undone.
import { createStore, useStore } from "../store.js";
import { html, useEffect, useRef } from "../vendor/preact.js";

/** @typedef {{text: string, action?: {label: string, run: () => void}, isError?: boolean, id: number}} Toast */

const STAYS = 8000;
let count = 0;

/** @type {import("../store.js").Store<Toast | null>} */
const shown = createStore(/** @type {Toast | null} */ (null));

/** @param {string} text @param {{label: string, run: () => void}} [action] */
export function say(text, action) {
  shown.set({ text, action, id: count++ });
}

/** @param {unknown} problem */
export function sayProblem(problem) {
  shown.set({ text: problem instanceof Error ? problem.message : String(problem), isError: true, id: count++ });
}

const close = () => shown.set(null);

export function Toasts() {
  const toast = useStore(shown);
  const timer = useRef(0);
  // Whoever reads or is about to press the button gets all the time they want.
  const wait = () => clearTimeout(timer.current);
  const goOn = () => (wait(), (timer.current = setTimeout(close, STAYS)));
  useEffect(() => {
    if (toast) goOn();
    return wait;
  }, [toast?.id]);
  return html`
    <div class="toasts" role="status" aria-live="polite" onMouseEnter=${wait} onMouseLeave=${goOn} onfocusin=${wait} onfocusout=${goOn}>
      ${toast && html`
        <div class=${`toast${toast.isError ? " toast-error" : ""}`} key=${toast.id}>
          <span>${toast.text}</span>
          ${toast.action && html`<button type="button" onClick=${() => (close(), toast.action?.run())}>${toast.action.label}</button>`}
          <button type="button" class="toast-close" aria-label="Dismiss" onClick=${close}>×</button>
        </div>
      `}
    </div>
  `;
}
