// The bar at the top of every page.
import { nameOf } from "../format.js";
import { navigate, place } from "../router.js";
import { isAdmin, session, signOut } from "../session.js";
import { useStore } from "../store.js";
import { html, useEffect, useState } from "../vendor/preact.js";
import { useDismissal } from "./dismissal.js";
import { moonIcon, sunIcon } from "./icons.js";
import { Search } from "./search.js";
import { say, sayProblem } from "./toast.js";

export function Header() {
  const { path } = useStore(place);
  const { status, user } = useStore(session);
  const link = (/** @type {string} */ to, /** @type {string} */ text) => html`<a href=${to} aria-current=${path === to ? "page" : null}>${text}</a>`;
  return html`
    <header class="bar">
      <a class="brand" href="/"><${Mark} />Reelmark</a>
      <${Search} />
      <nav aria-label="Main" class="bar-links">
        ${link("/browse", "Browse")}
        ${status === "guest" && link("/sign-in", "Sign in")}
        <${ThemeSwitch} />
        ${user && html`<${Menu} user=${user} key=${path} />`}
        ${status === "unknown" && html`<span class="icon-button"><span class="avatar skeleton"></span></span>`}
      </nav>
    </header>
  `;
}

const Mark = () => html`<svg class="mark" viewBox="0 0 32 32" aria-hidden="true" focusable="false"><circle cx="16" cy="16" r="14" /><path d="M16 6.800l2.700 5.600 6.100.850-4.450 4.250 1.100 6.100L16 20.650l-5.450 2.950 1.100-6.100L7.200 13.250l6.100-.850z" /></svg>`;

/** @param {import("../session.js").OwnProfile} user */
const initialOf = (user) => [...nameOf(user).trim()][0]?.toLocaleUpperCase("en") ?? "";

/** The same width for everybody, so that nothing moves when it is known who it is. @param {{user: import("../session.js").OwnProfile}} props */
function Menu({ user }) {
  const [isOpen, setOpen] = useState(false);
  const leave = async () => {
    try {
      await signOut();
      say("You are signed out.");
      navigate("/");
    } catch (problem) {
      sayProblem(problem);
    }
  };
  const menu = useDismissal(isOpen, () => setOpen(false));
  /** @param {any} event */
  const onKeyDown = (event) => event.key === "Escape" && (setOpen(false), event.currentTarget.querySelector("button").focus());
  return html`
    <div class="menu" ref=${menu} onKeyDown=${onKeyDown}>
      <button type="button" class="icon-button menu-button" aria-expanded=${isOpen} aria-controls="account-menu" onClick=${() => setOpen(!isOpen)}>
        <span class="avatar" aria-hidden="true">${initialOf(user)}</span><span class="menu-name unseen">${nameOf(user)}</span>
      </button>
      <ul id="account-menu" hidden=${!isOpen}>
        <li class="menu-owner"><strong>${nameOf(user)}</strong>${user.display_name && html`<span class="quiet">@${user.username}</span>`}</li>
        <li><a href="/me">Your films</a></li>
        <li><a href="/me/reports">Reports</a></li>
        <li><a href="/me/imports">Import films</a></li>
        <li><a href="/movies/new">Add a film</a></li>
        <li><a href="/me/settings">Settings</a></li>
        <li><a href="/me/sessions">Where you are signed in</a></li>
        ${isAdmin(user) && html`<li><a href="/admin">Administration</a></li>`}
        <li><button type="button" onClick=${leave}>Sign out</button></li>
      </ul>
    </div>
  `;
}

function ThemeSwitch() {
  const root = document.documentElement;
  const system = matchMedia("(prefers-color-scheme: dark)");
  const now = () => root.dataset.theme ?? (system.matches ? "dark" : "light");
  const [theme, setTheme] = useState(now());
  useEffect(() => {
    const follow = () => setTheme(now());
    system.addEventListener("change", follow);
    return () => system.removeEventListener("change", follow);
  }, []);
  const other = theme === "dark" ? "light" : "dark";
  const change = () => {
    root.dataset.theme = other;
    localStorage.setItem("reelmark.theme", other);
    setTheme(other);
  };
  return html`<button type="button" class="icon-button" aria-label=${`Use the ${other} theme`} title=${`Use the ${other} theme`} onClick=${change}>${other === "dark" ? moonIcon() : sunIcon()}</button>`;
}
