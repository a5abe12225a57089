// One's profile, password and data.
import { getTagged, patch, post, remove } from "../api.js";
import { navigate } from "../router.js";
import { loadUser, signOut } from "../session.js";
import { Export } from "../ui/export.js";
import { Field, Submit, useForm } from "../ui/form.js";
import { membersOnly } from "../ui/members-only.js";
import { Heading } from "../ui/states.js";
import { say } from "../ui/toast.js";
import { html } from "../vendor/preact.js";

export default membersOnly("Settings", ({ user }) => html`
  <div class="narrow">
    <${Heading}>Settings<//>
    <${Profile} user=${user} />
    <${Password} user=${user} />
    <section><h2>Sessions</h2><p><a href="/me/sessions">See where you are signed in</a>, and sign out elsewhere.</p></section>
    <${Export} username=${user.username} />
    <${Leaving} user=${user} />
  </div>
`);

/** @param {{user: import("../session.js").OwnProfile}} props */
function Profile({ user }) {
  const form = useForm(async ({ display_name, bio, visibility }) => {
    const { etag } = await getTagged("/users/me");
    await patch("/users/me", { display_name: display_name.trim() || null, bio: bio.trim() || null, visibility }, etag);
    await loadUser();
    say("Your profile is saved.");
  });
  return html`
    <section><h2>Profile</h2>
      <form ...${form.attributes}>
        <${Field} form=${form} name="display_name" label="Name" hint=${`Shown in place of ${user.username}.`} value=${user.display_name ?? ""} maxlength="80" autocomplete="nickname" />
        <${Field} form=${form} name="bio" label="About you" as="textarea" rows="4" value=${user.bio ?? ""} maxlength="1000" />
        <${Field} form=${form} name="visibility" label="Who sees your films" as="select">
          <option value="public">Everybody</option><option value="private" selected=${user.visibility === "private"}>Only you</option>
        <//>
        <${Submit} form=${form} label="Save" />
      </form>
    </section>
  `;
}

/** Tells password managers whose password it is. @param {{user: {username: string}}} props */
const Owner = ({ user }) => html`<input type="text" name="username" autocomplete="username" value=${user.username} hidden />`;

/** @param {{user: {username: string}}} props */
function Password({ user }) {
  const form = useForm(async ({ current_password, new_password }) => {
    await post("/auth/password/change", { current_password, new_password });
    say("Your password is changed. You are signed out everywhere else.");
  });
  return html`
    <section><h2>Password</h2>
      <form ...${form.attributes}>
        <${Owner} user=${user} />
        <${Field} form=${form} name="current_password" label="Password so far" type="password" autocomplete="current-password" />
        <${Field} form=${form} name="new_password" label="New password" type="password" autocomplete="new-password" hint="12 characters or more." />
        <${Submit} form=${form} label="Change the password" />
      </form>
    </section>
  `;
}

/** @param {{user: {username: string}}} props */
function Leaving({ user }) {
  const form = useForm(async ({ password }) => {
    await remove("/users/me", { password });
    await signOut().catch(() => {});
    say("Your account is erased.");
    navigate("/");
  });
  return html`
    <section><h2>Leaving</h2>
      <p>Erases your account with all ratings, reviews and sessions. It can't be undone.</p>
      <details><summary>Erase my account</summary>
        <form ...${form.attributes}>
          <${Owner} user=${user} />
          <${Field} form=${form} name="password" label="Your password" type="password" autocomplete="current-password" />
          <${Submit} form=${form} label="Erase everything" kind="button-danger" />
        </form>
      </details>
    </section>
  `;
}
