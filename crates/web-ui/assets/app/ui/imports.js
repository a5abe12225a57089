// What pages about imports share: sending a file, and waiting until it is read.
import { get, post } from "../api.js";

/** @typedef {import("../../../types/api").ImportResponse} Import */

/** Files that were tried, to be imported for good. They last as long as the app isn't loaded anew. @type {Map<number, File>} */
const tried = new Map();

/** @param {number} id */
export const fileOf = (id) => tried.get(id) ?? null;

/**
 * @param {File} file
 * @param {boolean} isTrial whether nothing is to be stored
 * @returns {Promise<Import>}
 */
export async function send(file, isTrial) {
  const form = new FormData();
  form.append("file", file);
  /** @type {Import} */
  const started = await post("/users/me/imports", form, { query: { dry_run: isTrial }, key: crypto.randomUUID() });
  if (isTrial) tried.set(started.id, file);
  return started;
}

/** @param {Import} one */
export const isOver = (one) => one.status !== "queued" && one.status !== "running";

/**
 * Looks again and again until an import is over, or until nobody wants to know any more.
 * @param {string} id @param {(one: Import) => void} heard @param {AbortSignal} stop
 */
export async function follow(id, heard, stop) {
  let pause = 250;
  for (;;) {
    /** @type {Import} */
    const one = await get(`/users/me/imports/${encodeURIComponent(id)}`, { signal: stop });
    heard(one);
    if (isOver(one)) return;
    await new Promise((wake) => setTimeout(wake, pause));
    pause = Math.min(pause * 1.4, 3000);
  }
}

/** @type {Record<string, string>} */
export const FORMATS = {
  letterboxd: "Letterboxd",
  imdb: "IMDb",
  trakt: "Trakt",
  movielens: "MovieLens",
};

/** @param {string | null} format */
export const formatName = (format) => (format ? FORMATS[format.split("_")[0]] ?? format : "");
