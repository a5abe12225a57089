// What the window is called, which is also what screen readers say first.
import { useEffect } from "../vendor/preact.js";

/** @param {string} title */
export function useTitle(title) {
  useEffect(() => {
    document.title = title ? `${title} · Reelmark` : "Reelmark";
  }, [title]);
}
