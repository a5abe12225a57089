// Chance that is the same for the same film, on every machine.

/** FNV-1a. @param {string} text */
export function seedOf(text) {
  let hash = 0x811c9dc5;
  for (let place = 0; place < text.length; place++) {
    hash = Math.imul(hash ^ text.charCodeAt(place), 0x01000193);
  }
  return hash >>> 0;
}

/**
 * @typedef {{next: () => number, between: (low: number, high: number) => number, int: (below: number) => number, pick: <T>(list: T[]) => T, flip: () => boolean}} Chance
 */

/** Mulberry32. @param {number} seed @returns {Chance} */
export function chance(seed) {
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  const int = (/** @type {number} */ below) => Math.floor(next() * below);
  return {
    next,
    int,
    between: (low, high) => low + next() * (high - low),
    pick: (list) => list[int(list.length)],
    flip: () => next() < 0.5,
  };
}
