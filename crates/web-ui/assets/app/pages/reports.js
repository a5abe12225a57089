// Reports that one asked for, and asking for another.
import { post } from "../api.js";
import { atTime } from "../format.js";
import { useList } from "../load.js";
import { navigate } from "../router.js";
import { isAdmin } from "../session.js";
import { Field, Submit, useForm } from "../ui/form.js";
import { membersOnly } from "../ui/members-only.js";
import { Empty, Failed, Heading, SkeletonText } from "../ui/states.js";
import { html, useState } from "../vendor/preact.js";

/** @type {Record<string, string>} */
const ABOUT = { user: "Somebody's taste", movie: "A film", catalogue: "The whole catalogue" };

export default membersOnly("Reports", ({ user }) => {
  const list = useList("/reports", { limit: 20 });
  return html`
    <div class="narrow">
      <${Heading}>Reports<//>
      <${Ask} user=${user} />
      <h2>Yours so far</h2>
      ${list.problem && html`<${Failed} problem=${list.problem} retry=${list.retry} />`}
      <ul class="rows">${list.items.map((/** @type {any} */ report) => html`
        <li key=${report.id}><div><a href=${`/me/reports/${report.id}`}>${ABOUT[report.kind] ?? report.kind}${report.subject && `: ${report.subject}`}</a><p class="quiet">${atTime(report.requested_at)}${report.from || report.to ? ` · ${report.from ?? "…"} to ${report.to ?? "…"}` : ""}</p></div><span class="badge">${report.status}</span></li>`)}
      </ul>
      ${list.isLoading && html`<${SkeletonText} />`}
      ${!list.isLoading && !list.problem && list.items.length === 0 && html`<${Empty} title="None yet." />`}
      ${list.hasMore && html`<p class="more"><button type="button" class="button" onClick=${list.more}>Show more</button></p>`}
    </div>
  `;
});

/** @param {{user: import("../session.js").OwnProfile}} props */
function Ask({ user }) {
  const [kind, setKind] = useState("user");
  const form = useForm(async (values) => {
    const given = Object.entries(values).filter(([, value]) => value.trim());
    /** @type {any} */
    const report = await post("/reports", Object.fromEntries(given), { key: crypto.randomUUID() });
    navigate(`/me/reports/${report.id}`);
  });
  const subject = kind === "movie" ? "Number of the film" : "Username";
  return html`
    <form ...${form.attributes}>
      <${Field} form=${form} name="kind" label="About" as="select" value=${kind} onChange=${(/** @type {any} */ event) => setKind(event.target.value)}>
        <option value="user">${isAdmin(user) ? "Somebody's taste" : "My taste"}</option><option value="movie">A film</option>
        ${isAdmin(user) && html`<option value="catalogue">The whole catalogue</option>`}
      <//>
      ${(kind === "movie" || (kind === "user" && isAdmin(user))) && html`<${Field} form=${form} name="subject" label=${subject} hint=${kind === "movie" ? "It ends the film's address: /movies/42." : "Yours when it is empty."} />`}
      <div class="two"><${Field} form=${form} name="from" label="From" type="date" /><${Field} form=${form} name="to" label="To, exclusive" type="date" /></div>
      <${Submit} form=${form} label="Make the report" />
    </form>
  `;
}
