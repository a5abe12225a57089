// Nothing is here.
import { Empty, Heading } from "../ui/states.js";
import { useTitle } from "../ui/title.js";
import { html } from "../vendor/preact.js";

export default function Lost() {
  useTitle("Not found");
  return html`
    <${Heading}>There is nothing here<//>
    <${Empty} title="The page you asked for doesn't exist, or no longer."><p><a href="/">Go to the first page</a> or <a href="/browse">browse all films</a>.</p><//>
  `;
}
