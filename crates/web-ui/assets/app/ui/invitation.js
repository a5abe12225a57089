// What the first page says while nobody has rated anything.
import { Cover } from "../cover/cover.js";
import { html } from "../vendor/preact.js";

const findOne = () => /** @type {HTMLElement | null} */ (document.getElementById("search"))?.focus();

/** @param {{films: import("./film.js").Movie[], user: unknown}} props */
export function Invitation({ films, user }) {
  if (films.length === 0) return html`<${EmptyCatalogue} isMember=${!!user} />`;
  return html`
    <section class="invitation" aria-labelledby="invitation">
      <div>
        <h2 id="invitation">Nobody has rated a film yet</h2>
        <p>The charts begin with the first stars, and they can be yours. Open a film that you know and pick your stars; it takes five seconds.</p>
        <p class="actions"><button type="button" class="button button-primary" onClick=${findOne}>Find a film</button><a href="/browse">Browse all films</a></p>
      </div>
      <ol class="fan">
        ${films.slice(-5).map((film) => html`<li key=${film.id}><a href=${`/movies/${film.id}`} class="film-link" aria-label=${`Rate ${film.title}`}><${Cover} film=${film} /></a></li>`)}
      </ol>
    </section>
  `;
}

/** @param {{isMember: boolean}} props */
function EmptyCatalogue({ isMember }) {
  return html`
    <section class="invitation" aria-labelledby="invitation">
      <div>
        <h2 id="invitation">The shelves are empty</h2>
        <p>There is no film in the catalogue yet. Add the one that you saw last, and be the first to say how it was.</p>
        <p class="actions"><a class="button button-primary" href=${isMember ? "/movies/new" : "/sign-in?next=/movies/new"}>Add a film</a></p>
      </div>
      <ol class="fan" aria-hidden="true">${[0, 1, 2, 3, 4].map(() => html`<li><span class="fan-blank cover"></span></li>`)}</ol>
    </section>
  `;
}
