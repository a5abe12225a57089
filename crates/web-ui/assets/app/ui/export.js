// One's data as files, for oneself or for another service.
import { html, useState } from "../vendor/preact.js";
import { save } from "./save.js";

/** @type {[format: string, label: string, ending: string][]} */
const FORMATS = [
  ["json", "Everything that is held about you (JSON)", "json"],
  ["letterboxd_csv", "Ratings, as Letterboxd takes them (CSV)", "csv"],
  ["imdb_csv", "Ratings, as IMDb has them (CSV)", "csv"],
  ["trakt_json", "Ratings, as Trakt has them (JSON)", "json"],
];

/** @param {{username: string}} props */
export function Export({ username }) {
  const [format, setFormat] = useState("json");
  /** @param {Event} event */
  function onSubmit(event) {
    event.preventDefault();
    const ending = FORMATS.find(([name]) => name === format)?.[2];
    const service = format === "json" ? "" : `-${format.split("_")[0]}`;
    save("/users/me/export", { query: { format }, accept: "*/*" }, `reelmark-${username}${service}.${ending}`);
  }
  return html`
    <section><h2>Your data</h2>
      <p><a href="/me/imports">Import films</a> that you rated elsewhere, or take what is here along.</p>
      <form onSubmit=${onSubmit}>
        <div class="field"><label for="field-format">What to download</label>
          <select id="field-format" value=${format} onChange=${(/** @type {any} */ event) => setFormat(event.target.value)}>${FORMATS.map(([name, label]) => html`<option value=${name}>${label}</option>`)}</select>
        </div>
        <p class="actions"><button class="button">Download it</button></p>
      </form>
    </section>
  `;
}
