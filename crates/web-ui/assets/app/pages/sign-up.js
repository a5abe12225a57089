// Making an account.
import { post } from "../api.js";
import { navigate } from "../router.js";
import { session, signIn } from "../session.js";
import { Field, Submit, useForm } from "../ui/form.js";
import { Heading } from "../ui/states.js";
import { useTitle } from "../ui/title.js";
import { say } from "../ui/toast.js";
import { html } from "../vendor/preact.js";

/** @param {Record<string, string>} account */
async function register({ username, email, password }) {
  await post("/users", { username, email, password });
  try {
    await signIn(username, password);
  } catch (/** @type {any} */ problem) {
    if (problem.code !== "activation_required") throw problem;
    say("We have sent you a code.");
    return navigate("/activate");
  }
  say(`Welcome, ${session.get().user?.username}.`);
  navigate("/");
}

export default function SignUp() {
  const form = useForm(register);
  useTitle("Make an account");
  return html`
    <div class="narrow">
      <${Heading}>Make an account<//>
      <form ...${form.attributes}>
        <${Field} form=${form} name="username" label="Username" hint="3 to 32 letters, digits, _ or -. Others see it." autocomplete="username" autocapitalize="none" maxlength="32" />
        <${Field} form=${form} name="email" label="E-mail address" hint="Nobody else sees it." type="email" autocomplete="email" maxlength="254" />
        <${Field} form=${form} name="password" label="Password" hint="12 characters or more; a few unrelated words do well." type="password" autocomplete="new-password" />
        <${Submit} form=${form} label="Make the account" />
      </form>
      <p class="quiet">You have one? <a href="/sign-in">Sign in.</a></p>
    </div>
  `;
}
