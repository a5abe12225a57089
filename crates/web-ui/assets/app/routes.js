// Every page and where it is; `crates/web-ui/src/routes.rs` has the same paths. Pages are loaded when
// they are visited. `/movies/new` comes before what would take `new` for an id.

/** @type {[string, () => Promise<{default: Function}>][]} */
export const routes = [
  ["/", () => import("./pages/home.js")],
  ["/browse", () => import("./pages/browse.js")],
  ["/charts/:kind", () => import("./pages/chart.js")],
  ["/movies/new", () => import("./pages/new-movie.js")],
  ["/movies/:id", () => import("./pages/movie.js")],
  ["/movies/:id/edit", () => import("./pages/edit-movie.js")],
  ["/users/:username", () => import("./pages/user.js")],
  ["/sign-in", () => import("./pages/sign-in.js")],
  ["/sign-up", () => import("./pages/sign-up.js")],
  ["/activate", () => import("./pages/activate.js")],
  ["/forgot-password", () => import("./pages/forgot-password.js")],
  ["/reset-password", () => import("./pages/reset-password.js")],
  ["/me", () => import("./pages/me.js")],
  ["/me/settings", () => import("./pages/settings.js")],
  ["/me/sessions", () => import("./pages/sessions.js")],
  ["/me/imports", () => import("./pages/imports.js")],
  ["/me/imports/:id", () => import("./pages/import.js")],
  ["/me/reports", () => import("./pages/reports.js")],
  ["/me/reports/:id", () => import("./pages/report.js")],
  ["/admin", () => import("./pages/admin.js")],
];

export const lost = () => import("./pages/lost.js");
