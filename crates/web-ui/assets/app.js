// @ts-check
// Shows the catalogue through the public API. Texts of users are only ever set as text.

const query = /** @type {HTMLInputElement} */ (document.getElementById("query"));
const status = /** @type {HTMLElement} */ (document.getElementById("status"));
const list = /** @type {HTMLElement} */ (document.getElementById("movies"));

/** Counts searches, so that a late answer to an old one is dropped. */
let latest = 0;

/** @param {string} className @param {string} text */
function part(className, text) {
  const element = document.createElement("span");
  element.className = className;
  element.textContent = text;
  return element;
}

/** @param {any} movie */
function row(movie) {
  const item = document.createElement("li");
  const year = movie.release_year === null ? "" : ` (${movie.release_year})`;
  const score = movie.rating_summary.weighted_score;
  const facts = [...movie.genres, ...movie.directors].join(" · ");
  item.append(
    part("title", movie.title + year),
    part("score", score === null ? "not rated" : score.toFixed(2)),
    part("facts", facts),
  );
  return item;
}

async function show() {
  const turn = ++latest;
  const text = query.value.trim();
  const address = new URLSearchParams(text ? { query: text } : { sort: "rating_count" });
  const response = await fetch(`/api/v1/movies?${address}`);
  const body = await response.json();
  if (turn !== latest) {
    return;
  }
  if (!response.ok) {
    status.textContent = body.detail;
    return;
  }
  status.textContent = body.items.length === 0 ? "Nothing found." : "";
  list.replaceChildren(...body.items.map(row));
}

query.addEventListener("input", show);
query.form?.addEventListener("submit", (event) => event.preventDefault());
show();
