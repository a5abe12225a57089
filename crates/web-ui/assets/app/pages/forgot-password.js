// Asking for a code with which a forgotten password can be replaced.
import { post } from "../api.js";
import { navigate } from "../router.js";
import { Field, Submit, useForm } from "../ui/form.js";
import { Heading } from "../ui/states.js";
import { useTitle } from "../ui/title.js";
import { say } from "../ui/toast.js";
import { html } from "../vendor/preact.js";

export default function ForgotPassword() {
  useTitle("Forgotten password");
  const form = useForm(async ({ email }) => {
    await post("/auth/password/forgot", { email });
    say("If there is such an account, a code is on its way.");
    navigate("/reset-password");
  });
  return html`
    <div class="narrow">
      <${Heading}>Forgotten password<//>
      <p>We send you a code that is good for an hour.</p>
      <form ...${form.attributes}>
        <${Field} form=${form} name="email" label="E-mail address" type="email" autocomplete="email" />
        <${Submit} form=${form} label="Send the code"><a href="/reset-password">I have a code</a><//>
      </form>
    </div>
  `;
}
