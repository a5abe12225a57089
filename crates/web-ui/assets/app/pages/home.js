// What is worth a look now.
import { nameOf } from "../format.js";
import { useLoaded } from "../load.js";
import { session } from "../session.js";
import { useStore } from "../store.js";
import { Shelf, SkeletonShelf, loadShelves } from "../ui/shelf.js";
import { Failed, Heading } from "../ui/states.js";
import { useTitle } from "../ui/title.js";
import { html } from "../vendor/preact.js";

/** @type {import("../ui/shelf.js").Wanted[]} */
const CHARTS = [
  { title: "Top rated", path: "/charts/top-rated", more: "/charts/top-rated", isRanked: true },
  { title: "Trending", path: "/charts/trending", more: "/charts/trending" },
  { title: "Most rated", path: "/charts/most-rated", more: "/charts/most-rated" },
  { title: "New in the catalogue", path: "/movies", query: { sort: "added" }, more: "/browse?sort=added" },
];
/** @type {import("../ui/shelf.js").Wanted[]} */
const CORNERS = [
  { title: "Science fiction", path: "/movies", query: { genre: "Sci-Fi", sort: "weighted_score" }, more: "/browse?genre=Sci-Fi" },
  { title: "Comedies", path: "/movies", query: { genre: "Comedy", sort: "release_year" }, more: "/browse?genre=Comedy" },
  { title: "Before 1960", path: "/movies", query: { year_to: 1959, sort: "release_year" }, more: "/browse?year_to=1959&sort=release_year" },
];

/** @typedef {import("../session.js").OwnProfile} OwnProfile */

/**
 * Everything that may be in sight at first. It is shown all at once, because what comes later pushes
 * what is there already.
 * @param {OwnProfile | null} user
 */
async function load(user) {
  const [shelves, own] = await Promise.all([
    loadShelves(CHARTS),
    user && import("../ui/own-shelves.js").then(async ({ OwnShelves, loadOwn }) => ({ OwnShelves, ...(await loadOwn(user)) })),
  ]);
  const isFresh = shelves.slice(0, 3).every(({ films }) => films.length === 0);
  const Invitation = isFresh ? (await import("../ui/invitation.js")).Invitation : null;
  return { of: user?.username, shelves, own, Invitation };
}

export default function Home() {
  const { status, user } = useStore(session);
  const { data, problem, reload } = useLoaded(() => (status === "unknown" ? null : load(user)), [status, user?.username]);
  // What was loaded for somebody else is not shown.
  const known = data && data.of === user?.username ? data : null;
  useTitle("");
  return html`
    <${Welcome} isGuest=${status === "guest"} user=${known && user} />
    ${problem ? html`<${Failed} problem=${problem} retry=${reload} />` : known ? html`<${Shelves} ...${known} user=${user} />` : html`<${SkeletonShelf} />`}
  `;
}

/** Whoever was signed in here before most likely still is. @param {{isGuest: boolean, user: OwnProfile | null}} props */
function Welcome({ isGuest, user }) {
  const heading = isGuest ? "Remember what you watched, and how it was" : "Good to see you";
  return html`
    <div class="welcome">
      <${Heading}>${heading}${user && `, ${nameOf(user)}`}<//>
      <p class="lede" key=${user?.username}>${isGuest
        ? html`Rate films in half stars, keep your list, and see what others think. <a href="/sign-up">Make an account</a>`
        : "Find a film above and rate it in half stars."}</p>
    </div>
  `;
}

/** @param {any} props */
function Shelves({ shelves, own, Invitation, user }) {
  const { data: corners } = useLoaded(() => loadShelves(CORNERS), []);
  return html`
    ${own && html`<${own.OwnShelves} ...${own} />`}
    ${Invitation && html`<${Invitation} films=${shelves.at(-1).films} user=${user} />`}
    ${[...shelves, ...(corners ?? [])].map((shelf) => html`<${Shelf} key=${shelf.title} ...${shelf} />`)}
  `;
}
