// Bringing ratings along from elsewhere, and what was brought before.
import { Problem } from "../api.js";
import { atTime, plural } from "../format.js";
import { useList } from "../load.js";
import { navigate } from "../router.js";
import { FileDrop } from "../ui/file-drop.js";
import { formatName, send } from "../ui/imports.js";
import { membersOnly } from "../ui/members-only.js";
import { Empty, Failed, Heading, SkeletonText } from "../ui/states.js";
import { html, useState } from "../vendor/preact.js";

const LARGEST = 20 * 1024 * 1024;

/** @type {[from: string, how: string][]} */
const SOURCES = [
  ["Letterboxd", "Settings → Data → Export your data. Take the zip as it is, or the ratings.csv in it."],
  ["IMDb", "Your ratings → Export. Take the CSV file."],
  ["Trakt", "Settings → Your Trakt data → Export. Take the JSON file with your ratings."],
  ["MovieLens", "About your ratings → Export. Take the ratings CSV."],
  ["Another Reelmark", "Settings → Your data. Take any of the files with ratings."],
];

export default membersOnly("Import films", () => {
  const [problem, setProblem] = useState(/** @type {Problem | null} */ (null));
  const [isBusy, setBusy] = useState(false);
  /** @param {File} file */
  async function take(file) {
    setProblem(null);
    if (file.size > LARGEST) return setProblem(new Problem(413, { title: "The file is too large", detail: "A file may have 20 MB. From a Letterboxd zip, try ratings.csv alone." }));
    setBusy(true);
    try {
      navigate(`/me/imports/${(await send(file, true)).id}`);
    } catch (error) {
      setProblem(error);
      setBusy(false);
    }
  }
  return html`
    <div class="narrow">
      <${Heading}>Import films<//>
      <p class="lede">Bring the ratings you gave elsewhere. First you see what would happen; nothing is stored before you say so.</p>
      <${FileDrop} take=${take} isBusy=${isBusy} accept=".csv,.zip,.json,text/csv,application/zip,application/json" label="Choose a file" hint="or drop it here: zip, CSV or JSON, 20 MB at most" />
      ${problem && html`<${Failed} problem=${problem} />`}
      <details class="sources"><summary>Where do I get such a file?</summary>
        <dl>${SOURCES.map(([from, how]) => html`<div><dt>${from}</dt><dd>${how}</dd></div>`)}</dl>
      </details>
      <${Before} />
    </div>
  `;
});

/** @type {Record<string, string>} */
const STATUS = { queued: "waiting", running: "being read", done: "done", failed: "failed", undone: "taken back" };

function Before() {
  const list = useList("/users/me/imports", { limit: 20 });
  return html`
    <section aria-labelledby="before"><h2 id="before">Yours so far</h2>
      ${list.problem && html`<${Failed} problem=${list.problem} retry=${list.retry} />`}
      <ul class="rows">${list.items.map((/** @type {import("../ui/imports.js").Import} */ one) => html`
        <li key=${one.id}>
          <div><a href=${`/me/imports/${one.id}`}>${one.file_name}</a><p class="quiet">${[formatName(one.format), atTime(one.created_at), plural(one.counts.imported, "rating")].filter(Boolean).join(" · ")}</p></div>
          <span class="badge">${one.dry_run && one.status === "done" ? "preview" : STATUS[one.status] ?? one.status}</span>
        </li>`)}
      </ul>
      ${list.isLoading && html`<${SkeletonText} lines=${2} />`}
      ${!list.isLoading && !list.problem && list.items.length === 0 && html`<${Empty} title="None yet." />`}
      ${list.hasMore && html`<p class="more"><button type="button" class="button" onClick=${list.more}>Show more</button></p>`}
    </section>
  `;
}
