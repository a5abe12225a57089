// Where somebody is, and how they get elsewhere without loading the app anew.
import { createStore } from "./store.js";

/** @typedef {{path: string, query: URLSearchParams, key: string, isBack: boolean}} Place */

/** How far each visited page was scrolled. @type {Map<string, number>} */
const scrolled = new Map();
let visits = 0;
let moved = false;

/** @param {boolean} isBack @returns {Place} */
function here(isBack) {
  const path = window.location.pathname.replace(/(.)\/$/, "$1");
  return { path, query: new URLSearchParams(window.location.search), key: history.state?.key ?? "first", isBack };
}

export const place = createStore(here(false));

/** Whether somebody went from page to page, so that the browser itself says nothing about arriving. */
export const hasMoved = () => moved;

/**
 * @param {string} to an address within the app
 * @param {{replace?: boolean}} [how]
 */
export function navigate(to, { replace = false } = {}) {
  leave();
  const key = replace ? place.get().key : `${Date.now()}-${visits++}`;
  history[replace ? "replaceState" : "pushState"]({ key }, "", to);
  place.set(here(false));
}

/** Changes the query alone, which is not a new page. @param {Record<string, string | string[]>} query */
export function refine(query) {
  const pairs = Object.entries(query).flatMap(([name, values]) => [values].flat().filter(Boolean).map((value) => [name, value]));
  const search = new URLSearchParams(pairs).toString();
  navigate(window.location.pathname + (search && `?${search}`), { replace: true });
}

/** Where the page that is shown now was left the last time. */
export const scrollOf = (/** @type {string} */ key) => scrolled.get(key) ?? 0;

function leave() {
  moved = true;
  scrolled.set(place.get().key, window.scrollY);
}

/** @param {MouseEvent} event */
function follow(event) {
  if (event.defaultPrevented || event.button !== 0) return;
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const link = event.target instanceof Element ? event.target.closest("a") : null;
  if (!link || link.target || link.hasAttribute("download") || link.origin !== window.location.origin) return;
  // The API browser is another page, and a mere fragment is the browser's business.
  if (link.pathname.startsWith("/docs") || link.pathname.startsWith("/api/") || link.getAttribute("href")?.startsWith("#")) return;
  event.preventDefault();
  navigate(link.pathname + link.search);
}

export function startRouting() {
  history.scrollRestoration = "manual";
  document.addEventListener("click", follow);
  window.addEventListener("popstate", () => {
    leave();
    place.set(here(true));
  });
}

/**
 * The parameters of a pattern such as `/movies/:id`, or nothing when the path doesn't fit.
 * @param {string} pattern @param {string} path
 * @returns {Record<string, string> | null}
 */
export function match(pattern, path) {
  const [wanted, found] = [pattern.split("/"), path.split("/")];
  if (wanted.length !== found.length) return null;
  /** @type {Record<string, string>} */
  const parameters = {};
  for (const [place, part] of wanted.entries()) {
    if (part.startsWith(":") && found[place]) parameters[part.slice(1)] = decoded(found[place]);
    else if (part !== found[place]) return null;
  }
  return parameters;
}

/** @param {string} part */
function decoded(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
