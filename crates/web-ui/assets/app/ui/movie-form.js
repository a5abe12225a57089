// The facts of a film, to add or to change.
import { html } from "../vendor/preact.js";
import { GENRES } from "./filters.js";
import { Field, Submit } from "./form.js";

/** @param {string} text */
const listOf = (text) => text.split(",").map((part) => part.trim()).filter(Boolean);
/** Whatever isn't a number goes out as it was typed, for the service to refuse. @param {string} text */
const numberOf = (text) => (/^-?\d+$/.test(text.trim()) ? Number(text) : text.trim() || null);

/** What was typed, as the API takes it. @param {Record<string, string>} values */
export function factsOf(values) {
  return {
    title: values.title.trim(),
    original_title: values.original_title.trim() || null,
    release_year: numberOf(values.release_year),
    runtime_minutes: numberOf(values.runtime_minutes),
    genres: listOf(values.genres),
    directors: listOf(values.directors),
    synopsis: values.synopsis.trim() || null,
  };
}

/** @param {{form: any, movie?: import("../../../types/api").MovieResponse, label: string, children?: unknown}} props */
export function MovieForm({ form, movie, label, children }) {
  return html`
    <form ...${form.attributes}>
      <${Field} form=${form} name="title" label="Title" value=${movie?.title ?? ""} maxlength="200" required />
      <${Field} form=${form} name="original_title" label="Original title" hint="Where it differs." value=${movie?.original_title ?? ""} maxlength="200" />
      <div class="two">
        <${Field} form=${form} name="release_year" label="Year" inputmode="numeric" value=${movie?.release_year ?? ""} />
        <${Field} form=${form} name="runtime_minutes" label="Minutes" inputmode="numeric" value=${movie?.runtime_minutes ?? ""} />
      </div>
      <${Field} form=${form} name="genres" label="Genres" hint=${`Separated by commas, such as ${GENRES.slice(0, 4).join(", ")}.`} value=${movie?.genres.join(", ") ?? ""} />
      <${Field} form=${form} name="directors" label="Directors" hint="Separated by commas." value=${movie?.directors.join(", ") ?? ""} />
      <${Field} form=${form} name="synopsis" label="What it is about" as="textarea" rows="5" value=${movie?.synopsis ?? ""} maxlength="2000" />
      <${Submit} form=${form} label=${label}>${children}<//>
    </form>
  `;
}
