// A value that components can watch.
import { useLayoutEffect, useState } from "./vendor/preact.js";

/**
 * @template T
 * @typedef {{get: () => T, set: (value: T) => void, watch: (heard: () => void) => () => void}} Store
 */

/**
 * @template T
 * @param {T} initial
 * @returns {Store<T>}
 */
export function createStore(initial) {
  let value = initial;
  /** @type {Set<() => void>} */
  const watchers = new Set();
  return {
    get: () => value,
    set(next) {
      value = next;
      for (const heard of [...watchers]) heard();
    },
    watch(heard) {
      watchers.add(heard);
      return () => watchers.delete(heard);
    },
  };
}

/**
 * The value of a store; the component is drawn anew when it changes.
 * @template T
 * @param {Store<T>} store
 * @returns {T}
 */
export function useStore(store) {
  const value = store.get();
  const [, redraw] = useState(0);
  useLayoutEffect(() => {
    const heard = () => redraw((/** @type {number} */ count) => count + 1);
    // It may have changed between drawing and watching.
    if (store.get() !== value) heard();
    return store.watch(heard);
  }, [store]);
  return value;
}
