// Where one is signed in.
import { get, remove } from "../api.js";
import { atTime } from "../format.js";
import { useLoaded } from "../load.js";
import { membersOnly } from "../ui/members-only.js";
import { Failed, Heading, SkeletonText } from "../ui/states.js";
import { say, sayProblem } from "../ui/toast.js";
import { html } from "../vendor/preact.js";

export default membersOnly("Where you are signed in", () => {
  const { data, problem, reload, put } = useLoaded(() => get("/users/me/sessions"), []);
  const end = async (/** @type {any} */ session) => {
    try {
      await remove(`/users/me/sessions/${session.id}`);
      put({ items: data.items.filter((/** @type {any} */ other) => other.id !== session.id) });
      say(`${session.device} is signed out.`);
    } catch (error) {
      sayProblem(error);
    }
  };
  return html`
    <div class="narrow">
      <${Heading}>Where you are signed in<//>
      ${problem && html`<${Failed} problem=${problem} retry=${reload} />`}
      ${!data && !problem && html`<${SkeletonText} lines=${4} />`}
      <ul class="rows">${data?.items.map((/** @type {any} */ session) => html`
        <li key=${session.id}>
          <div><strong>${session.device}</strong>${session.is_current && html` <span class="badge">this one</span>`}<p class="quiet">Since ${atTime(session.created_at)}, last used ${atTime(session.last_used_at)}</p></div>
          ${!session.is_current && html`<button type="button" class="button" onClick=${() => end(session)}>Sign out<span class="unseen"> ${session.device}</span></button>`}
        </li>`)}
      </ul>
    </div>
  `;
});
