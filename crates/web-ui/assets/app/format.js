// Numbers, days and names as people read them.

const day = new Intl.DateTimeFormat("en", { dateStyle: "medium" });
const time = new Intl.DateTimeFormat("en", { dateStyle: "medium", timeStyle: "short" });
const whole = new Intl.NumberFormat("en");

/** @param {string} instant */
export const onDay = (instant) => day.format(new Date(instant));
/** @param {string} instant */
export const atTime = (instant) => time.format(new Date(instant));
/** @param {number} value */
export const count = (value) => whole.format(value);
/** @param {number | null} value */
export const decimal = (value) => (value === null ? "–" : value.toFixed(1));

/** @param {number} number @param {string} one @param {string} [many] */
export const plural = (number, one, many = `${one}s`) => `${count(number)} ${number === 1 ? one : many}`;

/** @param {number} minutes */
export const runtime = (minutes) => (minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`);

/** A score as stars: 7 is "3½ stars". @param {number} score */
export function stars(score) {
  const half = score % 2 ? "½" : "";
  const full = Math.floor(score / 2);
  return `${full || !half ? full : ""}${half} ${score <= 2 ? "star" : "stars"}`;
}

/** @param {{username: string, display_name?: string | null}} user */
export const nameOf = (user) => user.display_name ?? user.username;

/** @param {string} username */
export const userPath = (username) => `/users/${encodeURIComponent(username)}`;

/** @param {"language" | "region"} type */
function namesOf(type) {
  const names = new Intl.DisplayNames("en", { type, fallback: "code" });
  return (/** @type {string} */ code) => {
    try {
      return names.of(code) ?? code;
    } catch {
      // No code at all.
      return code;
    }
  };
}

/** "fr" is French. */
export const languageName = namesOf("language");
/** "FR" is France. */
export const countryName = namesOf("region");
