/** Limits that keep a hostile formula from growing without end; nothing in one may link or fetch. */
const limits = { throwOnError: false, strict: "ignore", trust: false, maxSize: 20, maxExpand: 300 };

/** KaTeX, once it is here: most conversations have no formula and never load it. */
let katex = null;
let loading = null;

/** Sets the formulas in `root`; the first ones show their TeX until KaTeX has come. */
export function typeset(root) {
  const formulas = root.querySelectorAll(".math:not([data-tex])");
  if (formulas.length === 0) return;
  for (const formula of formulas) formula.dataset.tex = formula.textContent;
  if (katex) formulas.forEach(set);
  else (loading ??= load()).catch(() => {});
}

/** KaTeX builds elements and sets styles one by one, which the page's policy allows; it writes no HTML. */
function set(formula) {
  katex.render(formula.dataset.tex, formula, { ...limits, displayMode: formula.classList.contains("math-display") });
}

async function load() {
  document.head.append(Object.assign(document.createElement("link"), { rel: "stylesheet", href: new URL("../../lib/katex/katex.min.css", import.meta.url).href }));
  await import("../../lib/katex/katex.min.js");
  katex = globalThis.katex;
  document.querySelectorAll(".math[data-tex]").forEach(set);
}
