// Search as one types: arrows choose, Enter opens, Escape closes; Enter without a choice shows all.
import { get } from "../api.js";
import { decimal } from "../format.js";
import { navigate } from "../router.js";
import { html, useEffect, useRef, useState } from "../vendor/preact.js";
import { useDismissal } from "./dismissal.js";
import { CoverOf } from "./film.js";
import { Star, searchIcon } from "./icons.js";

/** @typedef {import("../../../types/api").SuggestionsResponse["items"][number]} Suggestion */

const PAUSE = 120;
const MOST = 7;

/** @param {string} text */
const allOf = (text) => `/browse?query=${encodeURIComponent(text)}`;

/** The films that fit a text, always those of the newest text. @param {string} text */
function useMatches(text) {
  const [matches, setMatches] = useState(/** @type {Suggestion[] | null} */ (null));
  useEffect(() => {
    const query = text.trim();
    if (!query) return setMatches(null);
    const stop = new AbortController();
    const load = () =>
      get("/search/suggest", { query: { q: query, limit: MOST }, signal: stop.signal })
        .then((/** @type {any} */ page) => setMatches(page.items), () => stop.signal.aborted || setMatches([]));
    const timer = setTimeout(load, PAUSE);
    return () => (clearTimeout(timer), stop.abort());
  }, [text]);
  return matches;
}

export function Search() {
  const [text, setText] = useState("");
  const [isOpen, setOpen] = useState(false);
  const [chosen, setChosen] = useState(-1);
  const box = useRef(/** @type {HTMLInputElement | null} */ (null));
  const form = useDismissal(isOpen, () => setOpen(false));
  const matches = useMatches(text);
  const shown = isOpen && matches !== null ? matches : [];

  /** @param {string} address */
  function go(address) {
    setOpen(false);
    setText("");
    box.current?.blur();
    navigate(address);
  }
  /** @param {KeyboardEvent} event */
  function onKeyDown(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && shown.length) {
      event.preventDefault();
      // One place is the box itself.
      setChosen(((chosen + 1 + step + shown.length + 1) % (shown.length + 1)) - 1);
    } else if (event.key === "Escape") {
      setOpen(false);
      setChosen(-1);
    }
  }
  /** @param {SubmitEvent} event */
  function onSubmit(event) {
    event.preventDefault();
    if (shown[chosen]) go(`/movies/${shown[chosen].id}`);
    else if (text.trim()) go(allOf(text.trim()));
  }
  /** @param {InputEvent} event */
  function onInput(event) {
    setText(/** @type {HTMLInputElement} */ (event.target).value);
    setChosen(-1);
    setOpen(true);
  }
  return html`
    <form class="search" role="search" ref=${form} onSubmit=${onSubmit}>
      ${searchIcon()}
      <label class="unseen" for="search">Find a film</label>
      <input id="search" ref=${box} type="search" placeholder="Find a film" maxlength="200" autocomplete="off" spellcheck=${false} enterkeyhint="search"
        role="combobox" aria-autocomplete="list" aria-expanded=${shown.length > 0} aria-controls="search-matches"
        aria-activedescendant=${chosen >= 0 ? `match-${chosen}` : null}
        value=${text} onInput=${onInput} onKeyDown=${onKeyDown} onFocus=${() => setOpen(true)} />
      <ul id="search-matches" class="matches" role="listbox" aria-label="Films" hidden=${shown.length === 0}>
        ${shown.map((/** @type {any} */ movie, /** @type {number} */ n) => html`<${Match} key=${movie.id} movie=${movie} n=${n} isChosen=${n === chosen} go=${go} />`)}
      </ul>
      <p class="unseen" role="status">${isOpen && matches ? `${matches.length || "No"} films found` : ""}</p>
    </form>
  `;
}

/** @param {{movie: Suggestion, n: number, isChosen: boolean, go: (address: string) => void}} props */
function Match({ movie, n, isChosen, go }) {
  const facts = [movie.release_year, movie.original_title].filter(Boolean).join(" · ");
  return html`
    <li id=${`match-${n}`} role="option" aria-selected=${isChosen} class="match"
      onPointerDown=${(/** @type {Event} */ event) => event.preventDefault()} onClick=${() => go(`/movies/${movie.id}`)}>
      <${CoverOf} id=${movie.id} />
      <span class="match-words"><span class="match-title">${movie.title}</span><span class="quiet">${facts || "Year unknown"}</span></span>
      ${movie.count > 0 && html`<span class="film-score"><${Star} share=${2} /><span class="unseen">weighted score </span>${decimal(movie.weighted_score)}</span>`}
    </li>
  `;
}
