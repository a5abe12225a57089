// One import: how far it is, what became of each row, and what can still be decided.
import { remove } from "../api.js";
import { atTime, count, plural } from "../format.js";
import { navigate } from "../router.js";
import { ImportRows } from "../ui/import-rows.js";
import { fileOf, follow, formatName, isOver, send } from "../ui/imports.js";
import { membersOnly } from "../ui/members-only.js";
import { Failed, Heading, SkeletonText } from "../ui/states.js";
import { say, sayProblem } from "../ui/toast.js";
import { html, useEffect, useState } from "../vendor/preact.js";

/** @typedef {import("../ui/imports.js").Import} Import */

/** @param {string} id */
function useImport(id) {
  const [one, setOne] = useState(/** @type {Import | null} */ (null));
  const [problem, setProblem] = useState(null);
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    const stop = new AbortController();
    const heard = (/** @type {Import} */ now) => stop.signal.aborted || setOne(now);
    follow(id, heard, stop.signal).catch((error) => stop.signal.aborted || setProblem(error));
    return () => stop.abort();
  }, [id, attempt]);
  return { one, problem, reload: () => (setProblem(null), setAttempt(attempt + 1)) };
}

export default membersOnly("Import", ({ id }) => {
  const { one, problem, reload } = useImport(id);
  if (problem) return html`<${Heading}>Import<//><${Failed} problem=${problem} retry=${reload} />`;
  if (!one) return html`<${Heading}>Import<//><${SkeletonText} lines=${6} />`;
  return html`
    <${Heading}>${one.file_name}<//>
    <p class="quiet">${[formatName(one.format), atTime(one.created_at)].filter(Boolean).join(" · ")} · <a href="/me/imports">All imports</a></p>
    <div role="status"><${State} one=${one} /></div>
    ${one.status === "done" && (one.dry_run ? html`<${GoOn} one=${one} />` : html`<${TakeBack} one=${one} reload=${reload} />`)}
    ${isOver(one) && one.status !== "failed" && html`<${ImportRows} one=${one} />`}
  `;
});

/** @param {{one: Import}} props */
function State({ one }) {
  if (one.status === "failed") return html`<${Failed} problem=${{ title: "This file could not be read", message: one.problem?.message ?? "Try another one." }} />`;
  if (one.status === "undone") return html`<p class="import-state">This import was taken back.</p>`;
  if (isOver(one)) return html`<p class="import-state">${one.dry_run ? "This is a preview. Nothing is stored yet." : `${plural(one.counts.imported, "rating")} ${one.counts.imported === 1 ? "is" : "are"} yours now.`}</p>`;
  const rows = Object.values(one.counts).reduce((sum, some) => sum + some, 0);
  return html`
    <p class="import-state">${one.status === "queued" ? "Waiting for its turn…" : "Reading…"}</p>
    <progress class="progress" aria-label="Import"></progress>
    <p class="quiet" aria-hidden="true">${rows ? plural(rows, "row") : "\u00a0"}</p>
  `;
}

/** From the trial to the real thing. @param {{one: Import}} props */
function GoOn({ one }) {
  const [isBusy, setBusy] = useState(false);
  const file = fileOf(one.id);
  if (!file) return html`<p class="actions"><a class="button" href="/me/imports">Choose the file again to import it</a></p>`;
  if (!one.counts.imported && !one.counts.ambiguous) return html`<p>There is nothing in it to import.</p>`;
  async function go() {
    setBusy(true);
    try {
      navigate(`/me/imports/${(await send(/** @type {File} */ (file), false)).id}`);
    } catch (error) {
      sayProblem(error);
      setBusy(false);
    }
  }
  return html`<p class="actions"><button type="button" class="button button-primary" aria-disabled=${isBusy} onClick=${() => isBusy || go()}>${isBusy ? "One moment…" : `Import ${plural(one.counts.imported, "rating")}`}</button></p>`;
}

/** @param {{one: Import, reload: () => void}} props */
function TakeBack({ one, reload }) {
  async function undo() {
    try {
      /** @type {{reverted: number, kept: number}} */
      const { reverted, kept } = await remove(`/users/me/imports/${one.id}`);
      say(`${plural(reverted, "rating")} taken back.${kept ? ` ${count(kept)} that you changed since stay.` : ""}`);
      reload();
    } catch (error) {
      sayProblem(error);
    }
  }
  return html`<p class="actions"><a class="button button-primary" href="/me">See your films</a><button type="button" class="button" onClick=${undo}>Take the import back</button></p>`;
}

