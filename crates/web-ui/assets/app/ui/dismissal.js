// What opens closes again when somebody goes elsewhere, with a pointer or with the keyboard.
import { useEffect, useRef } from "../vendor/preact.js";

/**
 * @param {boolean} isOpen
 * @param {() => void} close
 * @returns {{current: any}} to be given to the element that holds all of it
 */
export function useDismissal(isOpen, close) {
  const whole = useRef(/** @type {HTMLElement | null} */ (null));
  useEffect(() => {
    if (!isOpen) return;
    const look = (/** @type {any} */ event) => whole.current?.contains(event.target) || close();
    document.addEventListener("pointerdown", look);
    document.addEventListener("focusin", look);
    return () => {
      document.removeEventListener("pointerdown", look);
      document.removeEventListener("focusin", look);
    };
  }, [isOpen]);
  return whole;
}
