// Changing the facts of a film, for curators.
import { getTagged, patch, remove } from "../api.js";
import { useLoaded } from "../load.js";
import { navigate } from "../router.js";
import { isCurator } from "../session.js";
import { useForm } from "../ui/form.js";
import { membersOnly } from "../ui/members-only.js";
import { MovieForm, factsOf } from "../ui/movie-form.js";
import { Empty, Failed, Heading, SkeletonText } from "../ui/states.js";
import { say, sayProblem } from "../ui/toast.js";
import { html } from "../vendor/preact.js";

export default membersOnly("Edit a film", ({ id, user }) => {
  const path = `/movies/${encodeURIComponent(id)}`;
  const { data, problem, reload } = useLoaded(() => getTagged(path), [id]);
  const form = useForm(async (values) => {
    await patch(path, factsOf(values), data?.etag ?? "");
    say("The film is saved.");
    navigate(path);
  });
  if (!isCurator(user)) return html`<${Heading}>Edit a film<//><${Empty} title="Curators alone can change films." />`;
  if (problem) return html`<${Heading}>Edit a film<//><${Failed} problem=${problem} retry=${reload} />`;
  if (!data) return html`<${Heading}>Edit a film<//><${SkeletonText} lines=${8} />`;
  const erase = async () => {
    try {
      await remove(path);
      say(`${data.data.title} is gone.`);
      navigate("/browse");
    } catch (error) {
      sayProblem(error);
    }
  };
  return html`
    <div class="narrow">
      <${Heading}>Edit ${data.data.title}<//>
      ${form.problem?.code === "precondition_failed" && html`<p><button type="button" class="button" onClick=${reload}>Load what is there now</button></p>`}
      <${MovieForm} key=${data.etag} form=${form} movie=${data.data} label="Save"><a href=${path}>Cancel</a><//>
      <details><summary>Remove this film</summary><p>It goes with all its ratings. It can't be undone.</p><p><button type="button" class="button button-danger" onClick=${erase}>Remove it</button></p></details>
    </div>
  `;
});
