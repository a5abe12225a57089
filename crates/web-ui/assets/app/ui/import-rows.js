// What became of the rows of a file, one outcome at a time. Where several films may be meant, one is chosen here.
import { put, remove } from "../api.js";
import { count } from "../format.js";
import { useList } from "../load.js";
import { html, useState } from "../vendor/preact.js";
import { More } from "./film-list.js";
import { loadOwn } from "./own-rating.js";
import { Empty, Failed, SkeletonText } from "./states.js";
import { say, sayProblem } from "./toast.js";

/** @typedef {import("../../../types/api").ImportRowPage["items"][number]} Row */
/** @typedef {Row["candidates"][number]} Candidate */

/** @type {Record<string, [name: string, words: string]>} */
const OUTCOMES = {
  ambiguous: ["To decide", "Several films may be meant, or one that isn't sure enough."],
  imported: ["Imported", "Found in the catalogue."],
  unmatched: ["Not found", "No film of the catalogue is meant."],
  invalid: ["Invalid", "The row could not be understood."],
  unchanged: ["Unchanged", "You had rated these just so, or later."],
  skipped: ["Left out", "Not about a film that was rated."],
};

/** @param {{one: import("./imports.js").Import}} props */
export function ImportRows({ one }) {
  const filled = Object.keys(OUTCOMES).filter((name) => one.counts[/** @type {keyof typeof one.counts} */ (name)] > 0);
  const [chosen, setChosen] = useState(filled[0] ?? "imported");
  if (filled.length === 0) return html`<${Empty} title="There is no rating in this file." />`;
  const nameOf = (/** @type {string} */ outcome) => (outcome === "imported" && one.dry_run ? "To import" : OUTCOMES[outcome][0]);
  return html`
    <section class="outcomes" aria-labelledby="outcomes-title">
      <h2 id="outcomes-title" class="unseen">Rows</h2>
      <div class="switches" role="group" aria-label="Outcome">
        ${filled.map((name) => html`<button key=${name} type="button" class="switch" aria-pressed=${name === chosen} onClick=${() => setChosen(name)}>${nameOf(name)} <span class="switch-count">${count(one.counts[/** @type {keyof typeof one.counts} */ (name)])}</span></button>`)}
      </div>
      <p class="quiet">${OUTCOMES[chosen][1]}${chosen === "ambiguous" && one.dry_run && " You choose once the others are imported."}</p>
      <${Rows} key=${chosen} one=${one} outcome=${chosen} />
    </section>
  `;
}

/** @param {{one: import("./imports.js").Import, outcome: string}} props */
function Rows({ one, outcome }) {
  const list = useList(`/users/me/imports/${one.id}/rows`, { outcome, limit: 50 });
  return html`
    <ul class="rows import-rows" aria-busy=${list.isLoading}>
      ${list.items.map((/** @type {Row} */ row) => html`<${ImportRow} key=${row.number} row=${row} canDecide=${!one.dry_run && one.status === "done"} />`)}
    </ul>
    ${list.isLoading && html`<${SkeletonText} lines=${4} />`}
    ${list.problem && html`<${Failed} problem=${list.problem} retry=${list.retry} />`}
    ${list.hasMore && html`<${More} more=${list.more} />`}
  `;
}

/** @param {{row: Row, canDecide: boolean}} props */
function ImportRow({ row, canDecide }) {
  const year = row.release_year ? ` (${row.release_year})` : "";
  const name = row.title ? `${row.title}${year}` : row.place;
  return html`
    <li>
      <div>
        ${row.movie_id ? html`<a href=${`/movies/${row.movie_id}`}>${name}</a>` : html`<strong>${name}</strong>`}
        <p class="quiet">${[row.title && row.place, row.reason].filter(Boolean).join(" · ")}${row.confidence === "medium" && " · the year differs; have a look"}</p>
        ${row.outcome === "ambiguous" && html`<${Decision} row=${row} name=${name} canDecide=${canDecide} />`}
        ${row.outcome === "unmatched" && row.title && html`<p><a href=${`/browse?query=${encodeURIComponent(row.title)}`}>Look for it<span class="unseen">: ${row.title}</span></a></p>`}
      </div>
      ${row.score !== null && html`<span class="badge"><span class="unseen">your score </span>${row.score} / 10</span>`}
    </li>
  `;
}

/** @param {Candidate} film */
const nameOf = ({ title, release_year: year }) => `${title}${year ? ` (${year})` : ""}`;

/** Which of several films was meant; the rating goes there as if it were given now. @param {{row: Row, name: string, canDecide: boolean}} props */
function Decision({ row, name, canDecide }) {
  const [chosen, setChosen] = useState(/** @type {Candidate | null} */ (null));
  /** @param {Candidate} film */
  async function choose(film) {
    setChosen(film);
    const path = `/movies/${film.id}/rating`;
    try {
      const before = await loadOwn(film.id);
      await put(path, { score: row.score, review: before?.review ?? null });
      const undo = () => (setChosen(null), (before ? put(path, before) : remove(path)).catch(sayProblem));
      say(`You gave ${film.title} ${row.score} of 10.`, { label: "Undo", run: undo });
    } catch (problem) {
      setChosen(null);
      sayProblem(problem);
    }
  }
  if (chosen) return html`<p class="decision" role="status">Rated: <a href=${`/movies/${chosen.id}`}>${nameOf(chosen)}</a></p>`;
  if (!canDecide || row.score === null) return html`<p class="decision">${row.candidates.map((film) => html`<a key=${film.id} href=${`/movies/${film.id}`}>${nameOf(film)}</a>`)}</p>`;
  return html`
    <div class="decision" role="group" aria-label=${`Which film is ${name}?`}>
      ${row.candidates.map((film) => html`<button key=${film.id} type="button" class="button" onClick=${() => choose(film)}>${nameOf(film)}</button>`)}
    </div>
  `;
}
