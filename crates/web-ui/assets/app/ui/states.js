// What a page shows while there is nothing to show: something comes, nothing is there, it failed.
import { hasMoved } from "../router.js";
import { html, useLayoutEffect, useRef } from "../vendor/preact.js";

/** Lines where text will be. @param {{lines?: number}} props */
export function SkeletonText({ lines = 3 }) {
  return html`<div class="skeleton-text" aria-hidden="true">${Array.from({ length: lines }, () => html`<span class="skeleton"></span>`)}</div>`;
}

/** @param {{title: string, children?: unknown}} props */
export function Empty({ title, children }) {
  return html`<div class="state"><p class="state-title">${title}</p>${children}</div>`;
}

/** What went wrong, in the service's own words. @param {{problem: import("../api.js").Problem, retry?: () => void}} props */
export function Failed({ problem, retry }) {
  return html`
    <div class="state state-failed" role="alert">
      <p class="state-title">${problem.title ?? "Something went wrong"}</p>
      <p>${problem.message}</p>
      ${problem.requestId && html`<p class="quiet">Request <code>${problem.requestId}</code></p>`}
      ${retry && html`<p><button type="button" class="button" onClick=${retry}>Try again</button></p>`}
    </div>
  `;
}

/**
 * The page's heading, which gets the focus when somebody comes here, so that screen readers say it;
 * also when it takes the place of one that had it while the page was on its way.
 * @param {{children?: unknown}} props
 */
export function Heading({ children }) {
  const heading = useRef(/** @type {HTMLElement | null} */ (null));
  useLayoutEffect(() => {
    if (hasMoved() && document.activeElement === document.body) heading.current?.focus({ preventScroll: true });
  }, []);
  return html`<h1 tabindex="-1" ref=${heading}>${children}</h1>`;
}
