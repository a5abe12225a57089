// A new password for a code.
import { post } from "../api.js";
import { navigate } from "../router.js";
import { Field, Submit, useForm } from "../ui/form.js";
import { Heading } from "../ui/states.js";
import { useTitle } from "../ui/title.js";
import { say } from "../ui/toast.js";
import { html } from "../vendor/preact.js";

export default function ResetPassword() {
  useTitle("New password");
  const form = useForm(async ({ code, new_password }) => {
    await post("/auth/password/reset", { code: code.trim(), new_password });
    say("Your password is changed. Sign in with it.");
    navigate("/sign-in");
  });
  return html`
    <div class="narrow">
      <${Heading}>New password<//>
      <form ...${form.attributes}>
        <${Field} form=${form} name="code" label="Code from the mail" autocomplete="one-time-code" spellcheck=${false} />
        <${Field} form=${form} name="new_password" label="New password" hint="12 characters or more; a few unrelated words do well." type="password" autocomplete="new-password" />
        <${Submit} form=${form} label="Change the password" />
      </form>
    </div>
  `;
}
