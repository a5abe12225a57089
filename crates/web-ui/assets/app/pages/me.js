// One's own films.
import { userPath } from "../format.js";
import { loadUser } from "../session.js";
import { membersOnly } from "../ui/members-only.js";
import { ProfileHead, RatedFilms } from "../ui/profile.js";
import { Taste } from "../ui/taste.js";
import { html, useEffect } from "../vendor/preact.js";

export default membersOnly("Your films", ({ user }) => {
  useEffect(() => void loadUser().catch(() => {}), []);
  return html`
    <${ProfileHead} profile=${user}>
      <p class="actions">
        <a class="button" href="/me/settings">Edit profile</a>
        <a class="button" href="/me/imports">Import films</a>
        ${user.visibility === "public" ? html`<a href=${userPath(user.username)}>As others see it</a>` : html`<span class="quiet">Only you see this.</span>`}
      </p>
    <//>
    <${Taste} user=${user} />
    <${RatedFilms} username=${user.username} empty=${html`<p>Search for a film you know, and give it your stars. <a href="/browse">Browse all films</a>, or <a href="/me/imports">import what you rated elsewhere</a>.</p>`} />
  `;
});
