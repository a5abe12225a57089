// The facts of a film, to add or to change.
import { html, useState } from "../vendor/preact.js";
import { countries, languages } from "./codes.js";
import { Field, Submit } from "./form.js";

/** @param {string} text @param {string | RegExp} [separator] */
const listOf = (text, separator = ",") => text.split(separator).map((part) => part.trim()).filter(Boolean);
/** Whatever isn't a number goes out as it was typed, for the service to refuse. @param {string} text */
const numberOf = (text) => (/^-?\d+$/.test(text.trim()) ? Number(text) : text.trim() || null);

/** What was typed, as the API takes it. @param {Record<string, string>} values */
export function factsOf(values) {
  return {
    title: values.title.trim(),
    original_title: values.original_title.trim() || null,
    alternative_titles: listOf(values.alternative_titles, "\n"),
    release_year: numberOf(values.release_year),
    runtime_minutes: numberOf(values.runtime_minutes),
    original_language: values.original_language || null,
    countries: listOf(values.countries),
    genres: listOf(values.genres),
    directors: listOf(values.directors),
    synopsis: values.synopsis.trim() || null,
  };
}

/** @param {{form: any, movie?: import("./film.js").Movie, label: string, children?: unknown}} props */
export function MovieForm({ form, movie, label, children }) {
  const language = movie?.original_language ?? "";
  return html`
    <form ...${form.attributes}>
      <${Field} form=${form} name="title" label="Title" value=${movie?.title ?? ""} maxlength="200" required />
      <${Field} form=${form} name="original_title" label="Original title" hint="Where it differs." value=${movie?.original_title ?? ""} maxlength="200" />
      <${Field} form=${form} name="alternative_titles" label="Other titles" hint="One a line; it is found by each." as="textarea" rows="2" value=${movie?.alternative_titles?.join("\n") ?? ""} />
      <div class="two">
        <${Field} form=${form} name="release_year" label="Year" inputmode="numeric" value=${movie?.release_year ?? ""} />
        <${Field} form=${form} name="runtime_minutes" label="Minutes" inputmode="numeric" value=${movie?.runtime_minutes ?? ""} />
        <${Field} form=${form} name="original_language" label="Original language" as="select">
          <option value="">Unknown</option>${withChosen(languages, language).map(([code, name]) => html`<option key=${code} value=${code} selected=${code === language}>${name}</option>`)}
        <//>
        <${Countries} form=${form} given=${movie?.countries ?? []} />
      </div>
      <${Field} form=${form} name="genres" label="Genres" hint="Separated by commas, such as Drama, Sci-Fi." value=${movie?.genres.join(", ") ?? ""} />
      <${Field} form=${form} name="directors" label="Directors" hint="Separated by commas." value=${movie?.directors.join(", ") ?? ""} />
      <${Field} form=${form} name="synopsis" label="What it is about" as="textarea" rows="5" value=${movie?.synopsis ?? ""} maxlength="2000" />
      <${Submit} form=${form} label=${label}>${children}<//>
    </form>
  `;
}

/** A language that has three letters is kept. @param {[string, string][]} all @param {string} code @returns {[string, string][]} */
const withChosen = (all, code) => (!code || all.some(([known]) => known === code) ? all : [...all, [code, code]]);

/** Countries, each chosen by its name. The hidden field stands last, because of two with one name the last counts. @param {{form: any, given: string[]}} props */
function Countries({ form, given }) {
  const [chosen, setChosen] = useState(given);
  const nameOf = (/** @type {string} */ code) => countries.find(([known]) => known === code)?.[1] ?? code;
  const add = (/** @type {any} */ event) => {
    setChosen([...chosen, event.target.value]);
    event.target.value = "";
  };
  return html`
    <div>
      <${Field} form=${form} name="countries" label="Countries" as="select" onChange=${add}>
        <option value="">Add a country</option>${countries.filter(([code]) => !chosen.includes(code)).map(([code, name]) => html`<option key=${code} value=${code}>${name}</option>`)}
      <//>
      <input type="hidden" name="countries" value=${chosen.join()} />
      ${chosen.length > 0 && html`<ul class="chips" aria-label="Countries">${chosen.map((/** @type {string} */ code) => html`
        <li key=${code}><button type="button" class="chip" onClick=${() => setChosen(chosen.filter((/** @type {string} */ other) => other !== code))}>${nameOf(code)}<span aria-hidden="true"> ×</span><span class="unseen">, remove</span></button></li>`)}
      </ul>`}
    </div>
  `;
}
