// A place to choose a file, or to drop one.
import { html, useState } from "../vendor/preact.js";

/** @param {{take: (file: File) => void, isBusy: boolean, accept: string, label: string, hint: string}} props */
export function FileDrop({ take, isBusy, accept, label, hint }) {
  const [isOver, setOver] = useState(false);
  /** @param {DragEvent} event */
  function onDrop(event) {
    event.preventDefault();
    setOver(false);
    const file = event.dataTransfer?.files[0];
    if (file && !isBusy) take(file);
  }
  /** @param {any} event */
  function onChange(event) {
    const file = event.target.files[0];
    // The same file may be chosen again after it was mended.
    event.target.value = "";
    if (file && !isBusy) take(file);
  }
  return html`
    <div class=${`file-drop${isOver ? " file-drop-over" : ""}`} onDrop=${onDrop} onDragLeave=${() => setOver(false)}
      onDragOver=${(/** @type {Event} */ event) => (event.preventDefault(), setOver(true))}>
      <label class="button button-primary">${isBusy ? "One moment…" : label}<input type="file" id="file" class="unseen" accept=${accept} disabled=${isBusy} aria-describedby="file-hint" onChange=${onChange} /></label>
      <p id="file-hint" class="quiet">${hint}</p>
    </div>
  `;
}
