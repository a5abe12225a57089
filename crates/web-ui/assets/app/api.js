// The one place that speaks to the API. Every failure becomes a `Problem` with words to show.

const BASE = "/api/v1";

/** @typedef {{field: string, code: string, message: string}} FieldError */
/** @typedef {{body?: unknown, query?: Record<string, unknown>, etag?: string, accept?: string, signal?: AbortSignal, key?: string}} Options */

/** What went wrong, as the service tells it (RFC 9457), or that it could not be reached. */
export class Problem extends Error {
  /**
   * @param {number} status
   * @param {{code?: string, title?: string, detail?: string, request_id?: string, errors?: FieldError[]}} document
   * @param {number} [retryAfter] in seconds
   */
  constructor(status, document, retryAfter = 0) {
    super(document.detail ?? document.title ?? "Something went wrong.");
    this.status = status;
    this.code = document.code ?? "unknown";
    this.title = document.title ?? "Something went wrong";
    this.requestId = document.request_id ?? "";
    /** @type {FieldError[]} */
    this.fields = document.errors ?? [];
    this.retryAfter = retryAfter;
  }

  /** What is wrong with a field, for the form to show beside it. @param {string} field */
  of(field) {
    const fits = (/** @type {FieldError} */ error) =>
      error.field === field || error.field.startsWith(`${field}[`) || error.field.startsWith(`${field}.`);
    return this.fields.filter(fits).map((error) => sentence(error.message)).join(" ");
  }
}

/** @param {string} text */
function sentence(text) {
  const plain = text.replace(/_/g, " ");
  return `${plain.charAt(0).toUpperCase()}${plain.slice(1)}.`;
}

/** Who says which token goes along, and how to get another. Set by the session. */
const access = {
  /** @type {() => string | null} */ token: () => null,
  /** @type {() => Promise<boolean>} */ renew: async () => false,
};

/** @param {typeof access} source */
export function takeTokensFrom(source) {
  Object.assign(access, source);
}

/** What is not given is left out; several values of one name stand one after the other. @param {Record<string, unknown>} [query] */
function search(query = {}) {
  const given = (/** @type {unknown} */ value) => value !== undefined && value !== null && value !== "";
  const pairs = Object.entries(query).flatMap(([name, values]) => [values].flat().filter(given).map((value) => [name, String(value)]));
  const text = new URLSearchParams(pairs).toString();
  return text && `?${text}`;
}

/**
 * Sends one request as it is.
 * @param {string} method @param {string} path @param {Options} [options]
 * @param {string | null} [token]
 */
export async function send(method, path, options = {}, token = null) {
  /** @type {Record<string, string>} */
  const headers = { Accept: options.accept ?? "application/json" };
  if (token) headers.Authorization = `Bearer ${token}`;
  if (options.etag) headers["If-Match"] = options.etag;
  if (options.key) headers["Idempotency-Key"] = options.key;
  // What kind of form a form is, the browser itself says.
  const isForm = options.body instanceof FormData;
  if (options.body !== undefined && !isForm) headers["Content-Type"] = "application/json";
  const body = isForm ? /** @type {FormData} */ (options.body) : JSON.stringify(options.body);
  try {
    return await fetch(`${BASE}${path}${search(options.query)}`, { method, headers, body, signal: options.signal });
  } catch (error) {
    if (options.signal?.aborted) throw error;
    const detail = "Reelmark can't be reached. Check your connection and try again.";
    throw new Problem(0, { code: "unreachable", title: "No connection", detail });
  }
}

/** @param {Response} response */
export async function problemOf(response) {
  const document = await response.json().catch(() => ({}));
  return new Problem(response.status, document, Number(response.headers.get("Retry-After")) || 0);
}

/**
 * Sends a request with the caller's token, and once more with a new one when that has run out.
 * @param {string} method @param {string} path @param {Options} [options]
 */
export async function request(method, path, options = {}) {
  const token = access.token();
  let response = await send(method, path, options, token);
  if (response.status === 401 && token) {
    await access.renew();
    response = await send(method, path, options, access.token());
  }
  if (!response.ok) throw await problemOf(response);
  return response;
}

/**
 * @template T
 * @param {string} method @param {string} path @param {Options} [options]
 * @returns {Promise<T>}
 */
async function json(method, path, options) {
  const response = await request(method, path, options);
  // Some answers have nothing to say.
  const text = await response.text();
  return /** @type {T} */ (text ? JSON.parse(text) : undefined);
}

/** @type {<T>(path: string, options?: Options) => Promise<T>} */
export const get = (path, options) => json("GET", path, options);
/** @type {<T>(path: string, body?: unknown, options?: Options) => Promise<T>} */
export const post = (path, body, options) => json("POST", path, { ...options, body });
/** @type {<T>(path: string, body: unknown) => Promise<T>} */
export const put = (path, body) => json("PUT", path, { body });
/** @type {<T>(path: string, body: unknown, etag: string) => Promise<T>} */
export const patch = (path, body, etag) => json("PATCH", path, { body, etag });
/** @type {<T>(path: string, body?: unknown) => Promise<T>} */
export const remove = (path, body) => json("DELETE", path, { body });

/**
 * A resource with its version, for an edit to name.
 * @template T
 * @param {string} path
 * @returns {Promise<{data: T, etag: string}>}
 */
export async function getTagged(path) {
  const response = await request("GET", path);
  return { data: await response.json(), etag: response.headers.get("ETag") ?? "" };
}
