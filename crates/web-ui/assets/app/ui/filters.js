// What lists of films can be narrowed by.
import { get } from "../api.js";
import { count } from "../format.js";
import { html, useEffect, useState } from "../vendor/preact.js";
import { useDismissal } from "./dismissal.js";

/** @typedef {import("../../../types/api").GenresResponse["items"][number]} Genre */
/** @typedef {(name: string, value: string | string[]) => void} Set */

/** @type {Promise<Genre[]> | null} */
let asked = null;

/** All genres of the catalogue; none until they are known. @returns {Genre[]} */
export function useGenres() {
  const [genres, setGenres] = useState([]);
  useEffect(() => {
    asked ??= get("/genres").then((/** @type {any} */ answer) => answer.items);
    asked.then(setGenres, () => (asked = null));
  }, []);
  return genres;
}

/** A genre, for what can be narrowed by one alone. @param {{value?: string, set: Set}} props */
export function GenreSelect({ value = "", set }) {
  const names = new Set([...useGenres().map(({ name }) => name), value].filter(Boolean));
  return html`
    <label>Genre <select class="genre" value=${value} onChange=${(/** @type {any} */ event) => set("genre", event.target.value)}>
      <option value="">All</option>${[...names].map((name) => html`<option key=${name} value=${name}>${name}</option>`)}
    </select></label>
  `;
}

/** Genres that a film has to have all of. @param {{chosen: string[], set: Set}} props */
export function GenreChecks({ chosen, set }) {
  const genres = useGenres();
  const [isOpen, setOpen] = useState(false);
  /** @param {string} name */
  const flip = (name) => set("genre", chosen.includes(name) ? chosen.filter((other) => other !== name) : [...chosen, name]);
  const drop = useDismissal(isOpen, () => setOpen(false));
  /** @param {any} event */
  const onKeyDown = (event) => event.key === "Escape" && (setOpen(false), event.currentTarget.querySelector("button").focus());
  return html`
    <div class="drop" ref=${drop} onKeyDown=${onKeyDown}>
      <span class="drop-label" id="genres-label">Genres</span>
      <button type="button" class="drop-button" id="genres-button" aria-labelledby="genres-label genres-button" aria-expanded=${isOpen} aria-controls="genres" onClick=${() => setOpen(!isOpen)}>
        <span>${chosen.length ? chosen.join(", ") : "All"}</span>
      </button>
      <div id="genres" class="drop-panel" role="group" aria-labelledby="genres-label" hidden=${!isOpen}>
        ${genres.map(({ name, movie_count: films }) => html`
          <label key=${name} class="check"><input type="checkbox" checked=${chosen.includes(name)} onChange=${() => flip(name)} /><span>${name}</span><span class="quiet">${count(films)}</span></label>
        `)}
        ${genres.length === 0 && html`<p class="quiet">No genres known.</p>`}
      </div>
    </div>
  `;
}

/** @param {{label: string, name: string, value?: string, options: [value: string, label: string][], set: Set}} props */
export const Select = ({ label, name, value = "", options, set }) => html`
  <label>${label} <select value=${value} onChange=${(/** @type {any} */ event) => set(name, event.target.value)}>${options.map(([code, text]) => html`<option key=${code} value=${code}>${text}</option>`)}</select></label>
`;

/** @param {{label: string, name: string, value?: string, least: number, most: number, set: Set}} props */
export const NumberBox = ({ label, name, value = "", least, most, set }) => html`
  <label>${label} <input type="number" class="year" min=${least} max=${most} inputmode="numeric" placeholder="any" value=${value} onChange=${(/** @type {any} */ event) => set(name, event.target.value)} /></label>
`;

/** @param {{filters: Record<string, string>, set: Set}} props */
export const YearRange = ({ filters, set }) => html`
  <${NumberBox} label="From" name="year_from" value=${filters.year_from} least=${1870} most=${2100} set=${set} />
  <${NumberBox} label="To" name="year_to" value=${filters.year_to} least=${1870} most=${2100} set=${set} />
`;

/**
 * What a list is narrowed by, each to be taken back.
 * @param {{chips: {text: string, remove: () => void}[], clear: () => void}} props
 */
export function Chips({ chips, clear }) {
  if (chips.length === 0) return null;
  return html`
    <ul class="chips" aria-label="Filters in use">
      ${chips.map(({ text, remove }) => html`<li key=${text}><button type="button" class="chip" onClick=${remove}>${text}<span aria-hidden="true"> ×</span><span class="unseen">, remove</span></button></li>`)}
      <li><button type="button" class="link" onClick=${clear}>Clear all</button></li>
    </ul>
  `;
}
