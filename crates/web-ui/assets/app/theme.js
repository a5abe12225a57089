// Runs before anything is drawn, so that nobody who chose a theme sees the other one flash by. It is
// no module because modules run too late for that.
(() => {
  const chosen = localStorage.getItem("reelmark.theme");
  if (chosen === "light" || chosen === "dark") document.documentElement.dataset.theme = chosen;
})();
