// Showing that an address is one's own, with the code that was sent there.
import { post } from "../api.js";
import { navigate } from "../router.js";
import { Field, Submit, useForm } from "../ui/form.js";
import { Heading } from "../ui/states.js";
import { useTitle } from "../ui/title.js";
import { say } from "../ui/toast.js";
import { html } from "../vendor/preact.js";

export default function Activate() {
  useTitle("Activate your account");
  const form = useForm(async ({ code }) => {
    await post("/auth/activate", { code: code.trim() });
    say("Your account is active. Sign in.");
    navigate("/sign-in");
  });
  const resend = useForm(async ({ email }) => {
    await post("/auth/activation/resend", { email });
    say("If there is such an account, a new code is on its way.");
  });
  return html`
    <div class="narrow">
      <${Heading}>Activate your account<//>
      <form ...${form.attributes}>
        <${Field} form=${form} name="code" label="Code from the mail" autocomplete="one-time-code" spellcheck=${false} />
        <${Submit} form=${form} label="Activate" />
      </form>
      <h2>No mail?</h2>
      <form ...${resend.attributes}>
        <${Field} form=${resend} name="email" label="E-mail address" type="email" autocomplete="email" />
        <${Submit} form=${resend} label="Send a new code" kind="" />
      </form>
    </div>
  `;
}
