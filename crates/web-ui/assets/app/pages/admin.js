// Looking after the service: who may do what, and what has happened to accounts.
import { put } from "../api.js";
import { atTime } from "../format.js";
import { useList } from "../load.js";
import { isAdmin } from "../session.js";
import { Field, Submit, useForm } from "../ui/form.js";
import { membersOnly } from "../ui/members-only.js";
import { Empty, Failed, Heading, SkeletonText } from "../ui/states.js";
import { say } from "../ui/toast.js";
import { html, useState } from "../vendor/preact.js";

export default membersOnly("Administration", ({ user }) => {
  if (!isAdmin(user)) return html`<${Heading}>Administration<//><${Empty} title="This is for admins." />`;
  return html`
    <${Heading}>Administration<//>
    <${Roles} />
    <section class="column"><h2>The catalogue</h2><p><a href="/me/reports">Ask for a report</a> about the whole catalogue, or <a href="/movies/new">add a film</a>.</p></section>
    <${AuditTrail} />
  `;
});

function Roles() {
  const form = useForm(async ({ username, role }) => {
    await put(`/users/${encodeURIComponent(username.trim())}/role`, { role });
    say(`${username.trim()} is ${role === "admin" ? "an admin" : `a ${role}`} now.`);
  });
  return html`
    <section class="column" aria-labelledby="roles-title"><h2 id="roles-title">Roles</h2>
      <p>Members rate and add films, curators change and remove them, admins do everything.</p>
      <form ...${form.attributes}>
        <${Field} form=${form} name="username" label="Username" autocapitalize="none" spellcheck=${false} />
        <${Field} form=${form} name="role" label="Role" as="select"><option value="member">Member</option><option value="curator">Curator</option><option value="admin">Admin</option><//>
        <${Submit} form=${form} label="Give the role" />
      </form>
    </section>
  `;
}

function AuditTrail() {
  const [kind, setKind] = useState("");
  const list = useList("/admin/audit-events", { limit: 50, kind });
  const [kinds, setKinds] = useState(/** @type {string[]} */ ([]));
  const seen = [...new Set([...kinds, ...list.items.map((/** @type {any} */ event) => event.kind)])].sort();
  if (seen.length > kinds.length) setKinds(seen);
  return html`
    <section aria-labelledby="trail-title"><h2 id="trail-title">What happened to accounts</h2>
      <form class="filters" aria-label="Filters"><label>Kind <select value=${kind} onChange=${(/** @type {any} */ event) => setKind(event.target.value)}><option value="">All</option>${kinds.map((/** @type {string} */ name) => html`<option value=${name}>${words(name)}</option>`)}</select></label></form>
      ${list.problem && html`<${Failed} problem=${list.problem} retry=${list.retry} />`}
      <div class="scroll" tabindex="0" role="group" aria-label="Events">
        <table class="table">
          <thead><tr><th scope="col">When</th><th scope="col">What</th><th scope="col">Account</th><th scope="col">From</th><th scope="col">More</th></tr></thead>
          <tbody>${list.items.map((/** @type {any} */ event) => html`<tr key=${event.id}><td>${atTime(event.at)}</td><td>${words(event.kind)}</td><td>${event.subject_username ?? event.subject_id ?? "–"}</td><td>${event.address ?? "–"}</td><td>${Object.entries(event.detail).map(([name, value]) => `${words(name)}: ${value}`).join(", ")}</td></tr>`)}</tbody>
        </table>
      </div>
      ${list.isLoading && html`<${SkeletonText} lines=${5} />`}
      ${list.hasMore && html`<p class="more"><button type="button" class="button" onClick=${list.more}>Show more</button></p>`}
    </section>
  `;
}

/** @param {string} name */
const words = (name) => name.replace(/[_.]/g, " ");
