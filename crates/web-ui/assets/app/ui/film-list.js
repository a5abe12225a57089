// A grid of films that goes on as one scrolls, or at the press of a button.
import { plural } from "../format.js";
import { useList } from "../load.js";
import { html, useEffect, useRef } from "../vendor/preact.js";
import { FilmCard, FilmSkeletons } from "./film.js";
import { Empty, Failed } from "./states.js";

/** @param {{path: string, query: Record<string, unknown>, isRanked?: boolean, label: string, children?: unknown}} props */
export function FilmGrid({ path, query, isRanked = false, label, children }) {
  const list = useList(path, { limit: 36, ...query });
  const isEmpty = !list.isLoading && !list.problem && list.items.length === 0;
  return html`
    ${query.count && html`<p class="quiet" role="status">${list.total === undefined ? "\u00a0" : plural(list.total, "film")}</p>`}
    <ol class="grid" aria-label=${label} aria-busy=${list.isLoading}>
      ${list.items.map((/** @type {any} */ movie, /** @type {number} */ n) => html`<${FilmCard} key=${movie.id} movie=${movie} place=${isRanked ? n + 1 : undefined} />`)}
      ${list.isLoading && html`<${FilmSkeletons} count=${list.items.length ? 6 : 18} />`}
    </ol>
    ${isEmpty && html`<${Empty} title="No films here">${children}<//>`}
    ${list.problem && html`<${Failed} problem=${list.problem} retry=${list.retry} />`}
    ${list.hasMore && html`<${More} more=${list.more} />`}
  `;
}

/** @param {{more: () => void}} props */
export function More({ more }) {
  const button = useRef(null);
  useEffect(() => {
    const watcher = new IntersectionObserver(([seen]) => seen.isIntersecting && more(), { rootMargin: "600px" });
    watcher.observe(button.current);
    return () => watcher.disconnect();
  });
  return html`<p class="more"><button type="button" class="button" ref=${button} onClick=${more}>Show more</button></p>`;
}
