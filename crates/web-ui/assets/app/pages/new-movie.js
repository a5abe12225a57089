// Adding a film to the catalogue.
import { post } from "../api.js";
import { navigate } from "../router.js";
import { useForm } from "../ui/form.js";
import { membersOnly } from "../ui/members-only.js";
import { MovieForm, factsOf } from "../ui/movie-form.js";
import { Heading } from "../ui/states.js";
import { say } from "../ui/toast.js";
import { html } from "../vendor/preact.js";

export default membersOnly("Add a film", () => {
  const form = useForm(async (values) => {
    const known = Object.entries(factsOf(values)).filter(([, value]) => value !== null);
    /** @type {any} */
    const movie = await post("/movies", Object.fromEntries(known));
    say(`${movie.title} is in the catalogue.`);
    navigate(`/movies/${movie.id}`);
  });
  return html`<div class="narrow"><${Heading}>Add a film<//><${MovieForm} form=${form} label="Add it" /></div>`;
});
