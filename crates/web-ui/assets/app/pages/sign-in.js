// Signing in, and on to where somebody wanted to go.
import { navigate } from "../router.js";
import { session, signIn } from "../session.js";
import { useStore } from "../store.js";
import { Field, Submit, useForm } from "../ui/form.js";
import { Heading } from "../ui/states.js";
import { useTitle } from "../ui/title.js";
import { html, useEffect } from "../vendor/preact.js";

/** Only paths of this app, never another site. @param {URLSearchParams} query */
const next = (query) => (/^\/(?![/\\])/.test(query.get("next") ?? "") ? String(query.get("next")) : "/");

/** @param {{query: URLSearchParams}} props */
export default function SignIn({ query }) {
  const { status } = useStore(session);
  const form = useForm(({ login, password }) => signIn(login, password));
  useTitle("Sign in");
  useEffect(() => {
    if (status === "member") navigate(next(query), { replace: true });
  }, [status]);
  return html`
    <div class="narrow">
      <${Heading}>Sign in<//>
      <form ...${form.attributes}>
        <${Field} form=${form} name="login" label="Username or e-mail address" autocomplete="username" autocapitalize="none" />
        <${Field} form=${form} name="password" label="Password" type="password" autocomplete="current-password" />
        <${Submit} form=${form} label="Sign in"><a href="/forgot-password">Forgot your password?</a><//>
      </form>
      ${form.problem?.code === "activation_required" && html`<p><a href="/activate">Activate your account</a> with the code from the mail.</p>`}
      <p class="quiet">New here? <a href="/sign-up">Make an account.</a></p>
    </div>
  `;
}
