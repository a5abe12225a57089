/// The paths of the app's pages, as `assets/app/routes.js` has them; `:` leads what may be anything.
pub(crate) const PAGES: &[&str] = &[
    "/",
    "/browse",
    "/charts/:kind",
    "/movies/new",
    "/movies/:id",
    "/movies/:id/edit",
    "/users/:username",
    "/sign-in",
    "/sign-up",
    "/activate",
    "/forgot-password",
    "/reset-password",
    "/me",
    "/me/settings",
    "/me/sessions",
    "/me/imports",
    "/me/imports/:id",
    "/me/reports",
    "/me/reports/:id",
    "/admin",
];

/// Whether the app has a page there, so that a deep link into it works.
pub(crate) fn is_page(path: &str) -> bool {
    PAGES.iter().any(|pattern| fits(pattern, path))
}

fn fits(pattern: &str, path: &str) -> bool {
    let parts = pattern.split('/').zip(path.split('/'));
    let are_equal = |(wanted, found): (&str, &str)| {
        wanted == found || (wanted.starts_with(':') && !found.is_empty())
    };
    pattern.split('/').count() == path.split('/').count() && parts.into_iter().all(are_equal)
}
