// Pages that are about whoever is signed in.
import { place } from "../router.js";
import { session } from "../session.js";
import { useStore } from "../store.js";
import { html } from "../vendor/preact.js";
import { Empty, Heading, SkeletonText } from "./states.js";
import { useTitle } from "./title.js";

/**
 * Shows a page to members, and to others how to become one.
 * @param {string} title
 * @param {(props: any) => unknown} Page gets the user with its other properties
 */
export function membersOnly(title, Page) {
  return (/** @type {Record<string, unknown>} */ props) => {
    const { status, user } = useStore(session);
    useTitle(title);
    if (user) return html`<${Page} user=${user} ...${props} />`;
    if (status === "unknown") return html`<${Heading}>${title}<//><${SkeletonText} lines=${6} />`;
    const next = encodeURIComponent(place.get().path);
    return html`<${Heading}>${title}<//><${Empty} title="Sign in to see this."><p><a class="button button-primary" href=${`/sign-in?next=${next}`}>Sign in</a></p><//>`;
  };
}
