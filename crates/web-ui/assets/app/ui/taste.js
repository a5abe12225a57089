// One's taste by decade and genre, from a report that the service makes.
import { get, post } from "../api.js";
import { decimal, onDay, plural } from "../format.js";
import { html, useEffect, useState } from "../vendor/preact.js";
import { sayProblem } from "./toast.js";

/** @typedef {import("../../../types/api").ReportResponse} Report */

/** Waits until a report is made. @param {Report} report @returns {Promise<Report>} */
export async function finished(report) {
  let pause = 300;
  while (report.status === "queued" || report.status === "running") {
    await new Promise((wake) => setTimeout(wake, pause));
    pause = Math.min(pause * 1.6, 4000);
    report = await get(`/reports/${report.id}`);
  }
  return report;
}

/** The latest finished report about oneself. @param {string} username @returns {Promise<Report | null>} */
async function latest(username) {
  /** @type {any} */
  const page = await get("/reports", { query: { limit: 20 } });
  const own = page.items.find((/** @type {Report} */ { kind, status, subject, from, to }) => kind === "user" && status === "done" && (!subject || subject === username) && !from && !to);
  return own ? get(`/reports/${own.id}`) : null;
}

/** @param {{user: {username: string, count: number}}} props */
export function Taste({ user }) {
  const [report, setReport] = useState(/** @type {Report | null} */ (null));
  const [isBusy, setBusy] = useState(false);
  useEffect(() => void latest(user.username).then(setReport, () => {}), [user.username]);
  if (!user.count) return null;
  async function make() {
    setBusy(true);
    try {
      setReport(await finished(await post("/reports", { kind: "user" })));
    } catch (problem) {
      sayProblem(problem);
    }
    setBusy(false);
  }
  const result = /** @type {any} */ (report?.result);
  return html`
    <section aria-labelledby="taste-title">
      <div class="shelf-head"><h2 id="taste-title">Your taste</h2>
        <button type="button" class="link" aria-disabled=${isBusy} onClick=${make}>${isBusy ? "One moment…" : result ? "Draw it anew" : "Draw it"}</button>
      </div>
      ${result && html`
        <div class="two"><${Bars} title="By decade" groups=${result.by_decade} /><${Bars} title="By genre" groups=${result.by_genre.slice(0, 12)} /></div>
        <p class="quiet">As of ${onDay(report?.finished_at ?? "")}. <a href=${`/me/reports/${report?.id}`}>The whole report</a></p>
      `}
      ${!result && html`<p class="quiet">See which decades and genres you watch, and like.</p>`}
    </section>
  `;
}

/** How many films each group has, and how they were liked. @param {{title: string, groups: {key: string, count: number, mean: number}[]}} props */
export function Bars({ title, groups }) {
  const most = Math.max(1, ...groups.map(({ count }) => count));
  return html`
    <table class="bars">
      <caption>${title}</caption>
      <thead class="unseen"><tr><th scope="col">Group</th><th scope="col">Number of ratings</th><th scope="col">Mean score</th></tr></thead>
      <tbody>${groups.map(({ key, count, mean }) => html`
        <tr key=${key}>
          <th scope="row">${key}</th>
          <td title=${plural(count, "rating")}><svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true" focusable="false"><rect class="histogram-bar" width=${(count / most) * 100} height="10" /></svg><span>${count}</span></td>
          <td>${decimal(mean)}</td>
        </tr>`)}
      </tbody>
    </table>
  `;
}
