// The shell: bar, page, footer; and what happens when somebody goes from page to page.
import { Problem } from "./api.js";
import { hasMoved, match, place, scrollOf, startRouting } from "./router.js";
import { lost, routes } from "./routes.js";
import { start } from "./session.js";
import { useStore } from "./store.js";
import { Header } from "./ui/header.js";
import { Failed } from "./ui/states.js";
import { Toasts } from "./ui/toast.js";
import { html, render, useEffect, useLayoutEffect, useState } from "./vendor/preact.js";

/** @typedef {{Page: Function, parameters: Record<string, string>, key: string, isBack: boolean}} Shown */

/** @param {string} path */
function routeOf(path) {
  for (const [pattern, load] of routes) {
    const parameters = match(pattern, path);
    if (parameters) return { load, parameters };
  }
  return { load: lost, parameters: {} };
}

/** The page for a path; the one before it stays until its module is there. @param {import("./router.js").Place} at */
function usePage(at) {
  const [shown, setShown] = useState(/** @type {Shown | null} */ (null));
  useEffect(() => {
    let isCurrent = true;
    const { load, parameters } = routeOf(at.path);
    const show = (/** @type {Function} */ Page) => isCurrent && setShown({ Page, parameters, key: at.key, isBack: at.isBack });
    load().then(({ default: Page }) => show(Page), () => show(NotLoaded));
    return () => (isCurrent = false);
  }, [at.path, at.key]);
  return shown;
}

function NotLoaded() {
  const problem = new Problem(0, { title: "No connection", detail: "This page could not be loaded." });
  return html`<${Failed} problem=${problem} retry=${() => window.location.reload()} />`;
}

/** Puts whoever comes to a page at its top, or where they were when they come back. @param {Shown | null} shown */
function useArrival(shown) {
  useLayoutEffect(() => {
    if (!shown) return;
    const top = shown.isBack ? scrollOf(shown.key) : 0;
    window.scrollTo(0, top);
    if (hasMoved()) /** @type {HTMLElement | null} */ (document.querySelector("main h1"))?.focus({ preventScroll: true });
    if (top) return keepAt(top);
  }, [shown]);
}

const HANDS = ["wheel", "touchstart", "pointerdown", "keydown"];

/** Goes to a place as soon as the page is long enough, unless somebody scrolls by themselves. @param {number} top */
function keepAt(top) {
  const growth = new ResizeObserver(() => {
    window.scrollTo(0, top);
    if (window.scrollY >= top - 1) stop();
  });
  function stop() {
    growth.disconnect();
    for (const hand of HANDS) window.removeEventListener(hand, stop);
  }
  growth.observe(document.body);
  for (const hand of HANDS) window.addEventListener(hand, stop, { passive: true });
  return stop;
}

function App() {
  const at = useStore(place);
  const shown = usePage(at);
  useArrival(shown);
  return html`
    <a class="skip" href="#main">Skip to the page</a>
    <${Header} />
    <main id="main" tabindex="-1">${shown && html`<${shown.Page} key=${shown.key} ...${shown.parameters} query=${at.query} />`}</main>
    <footer class="foot">
      <p>Reelmark keeps what you think of films. <a href="/docs">For programs there is an API.</a></p>
    </footer>
    <${Toasts} />
  `;
}

startRouting();
start();
render(html`<${App} />`, /** @type {HTMLElement} */ (document.getElementById("app")));
