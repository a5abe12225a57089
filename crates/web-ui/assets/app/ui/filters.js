// What lists of films can be narrowed by.
import { html } from "../vendor/preact.js";

/** The genres of the starter catalogue. Others are found by the address, `/browse?genre=…`. */
export const GENRES = [
  "Action", "Adventure", "Animation", "Biography", "Comedy", "Crime", "Documentary", "Drama", "Family", "Fantasy", "History",
  "Horror", "Music", "Musical", "Mystery", "Romance", "Sci-Fi", "Sport", "Thriller", "War", "Western",
];

/** @param {{filters: Record<string, string>, onChange: (name: string) => (event: any) => void}} props */
export function YearRange({ filters, onChange }) {
  const box = (/** @type {string} */ name, /** @type {string} */ label) => html`
    <label>${label} <input type="number" class="year" min="1870" max="2100" inputmode="numeric" placeholder="any" value=${filters[name] ?? ""} onChange=${onChange(name)} /></label>
  `;
  return html`${box("year_from", "From")}${box("year_to", "To")}`;
}
