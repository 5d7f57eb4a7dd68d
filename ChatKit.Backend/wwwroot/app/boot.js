// Runs before the first paint (a classic script, so that it blocks): the stored theme and sidebar state must not flash in late.
(() => {
  try {
    const theme = localStorage.getItem("chatkit.theme");
    if (theme) document.documentElement.dataset.theme = theme;
    if (localStorage.getItem("chatkit.sidebar") === "closed") document.documentElement.dataset.sidebar = "closed";
  } catch {
    // Storage is blocked: the defaults hold.
  }
})();
