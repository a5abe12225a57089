// What components load: single things and lists that go on.
import { get } from "./api.js";
import { place } from "./router.js";
import { useEffect, useRef, useState } from "./vendor/preact.js";

/**
 * @template T
 * @typedef {{data: T | null, problem: import("./api.js").Problem | null, reload: () => void, put: (data: T) => void}} Loaded
 */

/**
 * Loads something, and again whenever one of `inputs` changes. Old data stays until new comes.
 * @template T
 * @param {() => Promise<T> | null} load nothing when there is nothing to load yet
 * @param {unknown[]} inputs
 * @returns {Loaded<T>}
 */
export function useLoaded(load, inputs) {
  const [state, setState] = useState({ data: null, problem: null });
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    let isCurrent = true;
    load()?.then(
      (data) => isCurrent && setState({ data, problem: null }),
      (problem) => isCurrent && setState({ data: null, problem }),
    );
    return () => (isCurrent = false);
  }, [...inputs, attempt]);
  return {
    ...state,
    reload: () => (setState({ data: null, problem: null }), setAttempt(attempt + 1)),
    put: (/** @type {any} */ data) => setState({ data, problem: null }),
  };
}

/** @typedef {{items: any[], cursor: string | null, total?: number}} Pages */

/** The most that the API gives at once. */
const LONGEST_PAGE = 100;

/** What lists held when their page was left, so that going back finds it as it was. @type {Map<string, Pages>} */
const left = new Map();

/**
 * A list of the API, page after page.
 * @param {string} path
 * @param {Record<string, unknown>} query
 */
export function useList(path, query) {
  const name = `${place.get().key} ${path} ${JSON.stringify(query)}`;
  const [state, setState] = useState({ name: "", items: [], cursor: null, isLoading: true, problem: null });
  const running = useRef("");

  /** @param {any[]} before @param {string | null} cursor */
  async function fetchPage(before, cursor) {
    const ticket = `${name} ${cursor}`;
    running.current = ticket;
    setState({ name, items: before, cursor, isLoading: true, problem: null });
    const still = () => running.current === ticket;
    try {
      /** @type {{items: any[], next_cursor: string | null, total?: number}} */
      const page = await get(path, { query: { ...query, cursor, count: cursor ? undefined : query.count } });
      const items = [...before, ...page.items];
      left.set(name, { items, cursor: page.next_cursor, total: page.total });
      if (still()) setState((/** @type {any} */ old) => ({ ...old, name, items, cursor: page.next_cursor, total: page.total ?? old.total, isLoading: false, problem: null }));
    } catch (problem) {
      if (still()) setState({ name, items: before, cursor, isLoading: false, problem });
    }
  }

  /**
   * What is shown stays until the beginning of the list is here anew, as long as it was. What fails is
   * left at that: nobody waits for it.
   */
  async function refresh() {
    const ticket = `${name} refresh`;
    running.current = ticket;
    const limit = Math.min(LONGEST_PAGE, Math.max(Number(query.limit), shown.items.length));
    /** @type {{items: any[], next_cursor: string | null} | null} */
    const page = await get(path, { query: { ...query, limit, count: undefined } }).catch(() => null);
    if (running.current !== ticket) return;
    const { items, cursor } = page ? { items: page.items, cursor: page.next_cursor } : { items: shown.items, cursor: shown.cursor };
    left.set(name, { items, cursor, total: shown.total });
    setState((/** @type {any} */ old) => ({ ...old, name, items, cursor, isLoading: false, problem: null }));
  }

  useEffect(() => {
    const known = left.get(name);
    if (known && place.get().isBack) {
      running.current = "";
      setState({ name, ...known, isLoading: false, problem: null });
    } else {
      fetchPage([], null);
    }
    return () => (running.current = "");
  }, [name]);

  // Another list than the one that was drawn last: nothing of the old one is shown.
  const shown = state.name === name ? state : { items: [], cursor: null, isLoading: true, problem: null };
  return {
    items: shown.items,
    total: shown.total,
    isLoading: shown.isLoading,
    problem: shown.problem,
    hasMore: shown.cursor !== null && !shown.isLoading,
    more: () => fetchPage(shown.items, shown.cursor),
    retry: () => fetchPage(shown.items, shown.cursor),
    refresh,
  };
}
