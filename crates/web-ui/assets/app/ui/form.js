// Forms: labelled fields, with what the service says against each beside it.
import { Problem } from "../api.js";
import { html, useRef, useState } from "../vendor/preact.js";

/**
 * Sends a form once at a time and keeps what went wrong.
 * @param {(values: Record<string, string>) => Promise<void>} send
 */
export function useForm(send) {
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState(/** @type {Problem | null} */ (null));
  const form = useRef(/** @type {HTMLFormElement | null} */ (null));
  /** @param {SubmitEvent} event */
  async function onSubmit(event) {
    event.preventDefault();
    if (isBusy || !form.current) return;
    setBusy(true);
    setProblem(null);
    const pairs = [...new FormData(form.current)].map(([name, value]) => [name, String(value)]);
    try {
      await send(Object.fromEntries(pairs));
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      setProblem(error);
      // To the first field that has to be mended.
      requestAnimationFrame(() => /** @type {HTMLElement | null} */ (form.current?.querySelector("[aria-invalid=true]"))?.focus());
    } finally {
      setBusy(false);
    }
  }
  return { isBusy, problem, attributes: { ref: form, onSubmit, noValidate: true } };
}

/**
 * @param {{name: string, label: string, form: {problem: Problem | null}, hint?: string, as?: string, children?: unknown} & Record<string, unknown>} props
 */
export function Field({ name, label, form, hint, as = "input", children, ...rest }) {
  const wrong = form.problem?.of(name);
  const [hintId, wrongId] = [`${name}-hint`, `${name}-wrong`];
  // A box belongs to whoever types: what stood there first must not come back when it is drawn anew.
  if (as !== "select" && "value" in rest && !rest.onInput) [rest.defaultValue, rest.value] = [rest.value, undefined];
  const described = [hint && hintId, wrong && wrongId].filter(Boolean).join(" ");
  return html`
    <div class="field">
      <label for=${`field-${name}`}>${label}</label>
      ${hint && html`<p class="hint" id=${hintId}>${hint}</p>`}
      <${as} id=${`field-${name}`} name=${name} aria-invalid=${wrong ? "true" : null} aria-describedby=${described || null} ...${rest}>${children}<//>
      ${wrong && html`<p class="wrong" id=${wrongId}>${wrong}</p>`}
    </div>
  `;
}

/** What is wrong with the whole form; what is wrong with a field stands there. @param {{problem: Problem | null}} props */
export function FormProblem({ problem }) {
  return html`<div role="alert">${problem && html`<p class="wrong form-wrong">${problem.fields.length ? "Please mend the marked fields." : problem.message}${problem.retryAfter > 0 && ` Try again in ${problem.retryAfter} seconds.`}</p>`}</div>`;
}

/** @param {{form: {isBusy: boolean, problem: Problem | null}, label: string, children?: unknown, kind?: string}} props */
export function Submit({ form, label, children, kind = "button-primary" }) {
  return html`
    <${FormProblem} problem=${form.problem} />
    <p class="actions"><button class=${`button ${kind}`} aria-disabled=${form.isBusy}>${form.isBusy ? "One moment…" : label}</button>${children}</p>
  `;
}
