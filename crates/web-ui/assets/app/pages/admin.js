// Looking after the service: who may do what, and what has happened to accounts.
import { put } from "../api.js";
import { atTime } from "../format.js";
import { useList } from "../load.js";
import { isAdmin } from "../session.js";
import { Chips, Select } from "../ui/filters.js";
import { Field, Submit, useForm } from "../ui/form.js";
import { membersOnly } from "../ui/members-only.js";
import { Empty, Failed, Heading, SkeletonText } from "../ui/states.js";
import { say } from "../ui/toast.js";
import { html, useState } from "../vendor/preact.js";

const KINDS = [
  "signed_up", "activated", "signed_in", "sign_in_failed", "signed_out", "session_ended", "token_reuse_detected", "password_changed",
  "password_reset", "role_changed", "account_disabled", "account_enabled", "account_deleted",
];

export default membersOnly("Administration", ({ user }) => {
  if (!isAdmin(user)) return html`<${Heading}>Administration<//><${Empty} title="This is for admins." />`;
  return html`
    <${Heading}>Administration<//>
    <div class="two">
      <${Roles} />
      <section><h2>The catalogue</h2><p><a href="/me/reports">Ask for a report</a> about the whole catalogue, or <a href="/movies/new">add a film</a>.</p></section>
    </div>
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

/** The day's beginning, or that of the next one, as the API takes it. @param {string} day @param {number} later in days */
const instant = (day, later) => day && new Date(new Date(`${day}T00:00`).getTime() + later * 86400000).toISOString();

function AuditTrail() {
  const [{ kind, from, to }, setFilters] = useState({ kind: "", from: "", to: "" });
  const [account, setAccount] = useState(/** @type {{id: number, name: string} | null} */ (null));
  const list = useList("/admin/audit-events", { limit: 50, kind, subject: account?.id, from: instant(from, 0), to: instant(to, 1) });
  const set = (/** @type {string} */ name, /** @type {any} */ value) => setFilters({ kind, from, to, [name]: value });
  const day = (/** @type {string} */ label, /** @type {string} */ name, /** @type {string} */ value) => html`<label>${label} <input type="date" value=${value} onChange=${(/** @type {any} */ event) => set(name, event.target.value)} /></label>`;
  const chips = account ? [{ text: account.name, remove: () => setAccount(null) }] : [];
  return html`
    <section aria-labelledby="trail-title"><h2 id="trail-title">What happened to accounts</h2>
      <form class="filters" aria-label="Filters" onSubmit=${(/** @type {Event} */ event) => event.preventDefault()}>
        <${Select} label="Kind" name="kind" value=${kind} options=${[["", "All"], ...KINDS.map((name) => [name, words(name)])]} set=${set} />
        ${day("From", "from", from)}${day("To", "to", to)}
      </form>
      <${Chips} chips=${chips} clear=${() => setAccount(null)} />
      ${list.problem && html`<${Failed} problem=${list.problem} retry=${list.retry} />`}
      <div class="scroll" tabindex="0" role="group" aria-label="Events">
        <table class="table">
          <thead><tr><th scope="col">When</th><th scope="col">What</th><th scope="col">Account</th><th scope="col">From</th><th scope="col">More</th></tr></thead>
          <tbody>${list.items.map((/** @type {any} */ event) => html`<${TrailRow} key=${event.id} event=${event} choose=${setAccount} />`)}</tbody>
        </table>
      </div>
      ${!list.isLoading && !list.problem && list.items.length === 0 && html`<${Empty} title="Nothing of that kind." />`}
      ${list.isLoading && html`<${SkeletonText} lines=${5} />`}
      ${list.hasMore && html`<p class="more"><button type="button" class="button" onClick=${list.more}>Show more</button></p>`}
    </section>
  `;
}

/** @param {{event: any, choose: (account: {id: number, name: string}) => void}} props */
function TrailRow({ event, choose }) {
  const { subject_id: id, subject_username: username } = event;
  const name = username ?? `account ${id}`;
  return html`
    <tr>
      <td>${atTime(event.at)}</td><td>${words(event.kind)}</td>
      <td>${id ? html`<button type="button" class="link" title="Show this account alone" onClick=${() => choose({ id, name })}>${name}</button>` : "–"}</td>
      <td>${event.address ?? "–"}</td>
      <td>${Object.entries(event.detail).map(([what, value]) => `${words(what)}: ${value}`).join(", ")}</td>
    </tr>
  `;
}

/** @param {string} name */
const words = (name) => name.replace(/[_.]/g, " ");
