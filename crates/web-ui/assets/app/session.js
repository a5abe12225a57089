// Who is signed in. The access token lives in memory alone; the refresh token in a cookie that no
// script can read.
import { get, problemOf, send, takeTokensFrom } from "./api.js";
import { createStore } from "./store.js";

/** @typedef {import("../../types/api").OwnProfileResponse} OwnProfile */
/** @typedef {{status: "unknown" | "guest" | "member", user: OwnProfile | null}} Session */

/** Whether somebody was signed in here, so that guests need not ask. It is no secret. */
const HINT = "reelmark.signed-in";
const COOKIE = { query: { session: "cookie" } };
const LOCK = "reelmark.refresh";

/** @type {string | null} */
let token = null;
/** @type {Promise<boolean> | null} */
let renewing = null;

/** @type {import("./store.js").Store<Session>} */
export const session = createStore(/** @type {Session} */ ({ status: "unknown", user: null }));

const otherTabs = new BroadcastChannel("reelmark.session");
otherTabs.onmessage = (/** @type {MessageEvent} */ { data }) => (data === "signed-out" ? forget() : void start());

takeTokensFrom({ token: () => token, renew });

/** Asks again about somebody of whom nothing could be told while the service was out of reach. */
function resume() {
  const isUntold = session.get().status === "guest" && localStorage.getItem(HINT);
  if (isUntold && !document.hidden) start();
}
window.addEventListener("online", resume);
document.addEventListener("visibilitychange", resume);

/** Goes on where the last visit ended. */
export async function start() {
  if (!localStorage.getItem(HINT)) return forget();
  try {
    if (await renew()) await loadUser();
  } catch {
    // It can't be told now; whatever needs an account asks again.
    session.set({ status: "guest", user: null });
  }
}

/** Gets new tokens, once for all who ask at the same time. @returns {Promise<boolean>} */
function renew() {
  renewing ??= inTurn(trade).finally(() => (renewing = null));
  return /** @type {Promise<boolean>} */ (renewing);
}

/**
 * All tabs share one cookie, and a refresh token is good once; so they take turns.
 * @param {() => Promise<boolean>} work
 * @returns {Promise<boolean>}
 */
function inTurn(work) {
  return navigator.locks ? /** @type {Promise<any>} */ (navigator.locks.request(LOCK, work)) : work();
}

/** @returns {Promise<boolean>} whether somebody is signed in now */
async function trade() {
  const ask = () => send("POST", "/auth/refresh", COOKIE);
  // A lost answer may be asked for again within ten seconds.
  const response = await ask().catch(ask);
  if (response.ok) {
    token = (await response.json()).access_token;
    return true;
  }
  if (response.status !== 401) throw await problemOf(response);
  forget();
  return false;
}

function forget() {
  token = null;
  localStorage.removeItem(HINT);
  session.set({ status: "guest", user: null });
}

export async function loadUser() {
  session.set({ status: "member", user: await get("/users/me") });
}

/** @param {string} login @param {string} password */
export async function signIn(login, password) {
  const response = await send("POST", "/auth/login", { ...COOKIE, body: { login, password } });
  if (!response.ok) throw await problemOf(response);
  token = (await response.json()).access_token;
  localStorage.setItem(HINT, "1");
  await loadUser();
  otherTabs.postMessage("signed-in");
}

export async function signOut() {
  const response = await send("POST", "/auth/logout", COOKIE);
  if (!response.ok) throw await problemOf(response);
  forget();
  otherTabs.postMessage("signed-out");
}

/** @param {OwnProfile | null} user */
export const isCurator = (user) => user?.role === "curator" || user?.role === "admin";
/** @param {OwnProfile | null} user */
export const isAdmin = (user) => user?.role === "admin";
