// What is worth a look now.
import { get } from "../api.js";
import { nameOf, userPath } from "../format.js";
import { useLoaded } from "../load.js";
import { session } from "../session.js";
import { useStore } from "../store.js";
import { CoverOf, FilmSkeletons } from "../ui/film.js";
import { Shelf } from "../ui/shelf.js";
import { Heading } from "../ui/states.js";
import { useTitle } from "../ui/title.js";
import { html } from "../vendor/preact.js";

const NOTE = "This fills once people rate. Be the first: open a film and pick your stars.";

export default function Home() {
  const { status, user } = useStore(session);
  // Whoever was signed in here before most likely still is.
  const isGuest = status === "guest";
  useTitle("");
  return html`
    <div class="welcome">
      <${Heading}>${isGuest ? "Remember what you watched, and how it was" : user ? `Good to see you, ${nameOf(user)}` : "Good to see you"}<//>
      <p class="lede">${isGuest
        ? html`Rate films in half stars, keep your list, and see what others think. <a href="/sign-up">Make an account</a>`
        : "Find a film above and rate it in half stars."}</p>
    </div>
    ${!isGuest && html`<${Recent} user=${user} />`}
    <${Shelf} title="Top rated" path="/charts/top-rated" more="/charts/top-rated" isRanked note=${NOTE} />
    <${Shelf} title="Trending" path="/charts/trending" more="/charts/trending" />
    <${Shelf} title="Most rated" path="/charts/most-rated" more="/charts/most-rated" />
    <${Shelf} title="New in the catalogue" path="/movies" query=${{ sort: "added" }} more="/browse?sort=added" />
    <${Shelf} title="Science fiction" path="/movies" query=${{ genre: "Sci-Fi", sort: "weighted_score" }} more="/browse?genre=Sci-Fi" />
    <${Shelf} title="Comedies" path="/movies" query=${{ genre: "Comedy", sort: "release_year" }} more="/browse?genre=Comedy" />
    <${Shelf} title="Before 1960" path="/movies" query=${{ year_to: 1959, sort: "release_year" }} more="/browse?year_to=1959&sort=release_year" />
  `;
}

/** What the reader rated last. Its place is kept until it is known. @param {{user: import("../session.js").OwnProfile | null}} props */
function Recent({ user }) {
  const load = () => (user ? get(`${userPath(user.username)}/ratings`, { query: { limit: 14 } }) : null);
  const { data, problem } = useLoaded(load, [user?.username]);
  if (problem || data?.items.length === 0) return null;
  return html`
    <section class="shelf" aria-labelledby="recent">
      <div class="shelf-head"><h2 id="recent">Recently rated by you</h2><a href="/me">See all<span class="unseen"> your films</span></a></div>
      <ol class="row" aria-labelledby="recent" aria-busy=${!data}>
        ${!data && html`<${FilmSkeletons} count=${8} />`}
        ${data?.items.map((/** @type {any} */ { movie, score }) => html`
          <li class="film" key=${movie.id}>
            <a href=${`/movies/${movie.id}`} class="film-link"><${CoverOf} id=${movie.id} /><span class="film-title">${movie.title}</span></a>
            <p class="film-facts"><span>${movie.release_year ?? ""}</span><span class="film-score">you: ${score}</span></p>
          </li>
        `)}
      </ol>
    </section>
  `;
}
