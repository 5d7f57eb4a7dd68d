/**
 * Formulas as models write them: `$x$` and `\(x\)` in a line, `$$x$$` and `\[x\]` on their own. They become elements that hold TeX, which typeset.js sets.
 * Money stays money: a `$` opens only before what is no space, and closes only behind what is no space and before what is no digit (as Pandoc does).
 */
export function mathPlugin(md) {
  md.inline.ruler.before("escape", "math", inlineMath);
  md.block.ruler.before("fence", "math_block", blockMath, { alt: ["paragraph", "reference", "blockquote", "list"] });
  md.renderer.rules.math_inline = (tokens, index) => `<span class="math">${md.utils.escapeHtml(tokens[index].content)}</span>`;
  md.renderer.rules.math_block = (tokens, index) => `<p class="math math-display">${md.utils.escapeHtml(tokens[index].content)}</p>`;
}

const inlinePairs = [
  { open: "$$", close: "$$", display: true },
  { open: "\\[", close: "\\]", display: true },
  { open: "\\(", close: "\\)", display: false },
];

function inlineMath(state, silent) {
  const found = paired(state.src, state.pos, state.posMax) ?? dollar(state.src, state.pos, state.posMax);
  if (!found) return false;
  if (!silent) state.push("math_inline", "span", 0).content = found.tex;
  state.pos = found.end;
  return true;
}

function paired(source, at, end) {
  const pair = inlinePairs.find(({ open }) => source.startsWith(open, at));
  if (!pair) return null;
  const close = source.indexOf(pair.close, at + pair.open.length);
  if (close < 0 || close >= end) return null;
  const tex = source.slice(at + pair.open.length, close);
  return tex.trim() === "" ? null : { tex, end: close + pair.close.length };
}

function dollar(source, at, end) {
  if (source[at] !== "$" || /[\s$]/.test(source[at + 1] ?? " ")) return null;
  for (let close = source.indexOf("$", at + 1); close > 0 && close < end; close = source.indexOf("$", close + 1)) {
    if (source[close - 1] === "\\") continue;
    if (/\s/.test(source[close - 1]) || /\d/.test(source[close + 1] ?? "")) return null;
    return { tex: source.slice(at + 1, close), end: close + 1 };
  }

  return null;
}

function blockMath(state, first, last, silent) {
  const line = (number) => state.src.slice(state.bMarks[number] + state.tShift[number], state.eMarks[number]);
  const opening = line(first);
  const [open, close] = opening.startsWith("$$") ? ["$$", "$$"] : ["\\[", "\\]"];
  if (!opening.startsWith(open)) return false;
  const lines = [opening.slice(open.length)];
  let next = first + 1;
  // A formula that is still being written has no end yet: it goes on to the end of its block.
  while (!lines.at(-1).trimEnd().endsWith(close) && next < last) lines.push(line(next++));
  const tex = lines.join("\n").trimEnd();
  if (!tex.endsWith(close)) return false;
  if (silent) return true;
  const token = state.push("math_block", "p", 0);
  token.block = true;
  token.content = tex.slice(0, -close.length).trim();
  token.map = [first, next];
  state.line = next;
  return true;
}
