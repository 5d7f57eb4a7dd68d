import { text } from "../text.js";
import { h } from "../view/dom.js";

/** Marks that travel through the parser as text: of the private use area, which no model writes. */
const [opening, closing] = ["\uE0C1", "\uE0C2"];
const mark = new RegExp(`${opening}(\\d+),([\\w-]+)${closing}`, "g");

/** The text with a mark behind each place that a source is cited at: `[{index, number, target}]`. */
export function markCitations(source, citations) {
  let marked = source.replaceAll(opening, "").replaceAll(closing, "");
  if (marked.length !== source.length) return marked;
  for (const { index, number, target } of citations.toReversed().toSorted((one, other) => other.index - one.index)) {
    const at = behindCharacter(source, Math.min(Math.max(index, 0), source.length));
    marked = `${marked.slice(0, at)}${opening}${number},${target}${closing}${marked.slice(at)}`;
  }

  return marked;
}

/** Between the halves of a pair there is no place. */
const behindCharacter = (source, at) => (/[\uDC00-\uDFFF]/.test(source[at] ?? "") ? at + 1 : at);

/** Makes the marks buttons that lead to the list of sources. In code and formulas they are dropped: nothing may stand there but the code. */
export function placeCitations(fragment) {
  const walker = document.createTreeWalker(fragment, NodeFilter.SHOW_TEXT);
  const marked = [];
  while (walker.nextNode()) if (walker.currentNode.data.includes(opening)) marked.push(walker.currentNode);
  for (const node of marked) {
    const inCode = node.parentElement?.closest("code, pre, .math, a");
    node.replaceWith(...inCode ? [node.data.replace(mark, "")] : split(node.data));
  }
}

function split(words) {
  const parts = [];
  let from = 0;
  for (const { index, 0: whole, 1: number, 2: target } of words.matchAll(mark)) {
    parts.push(words.slice(from, index), citation(number, target));
    from = index + whole.length;
  }

  return [...parts, words.slice(from)].filter((part) => part !== "");
}

const citation = (number, target) => h("button", { type: "button", class: "citation", "data-source": target, "aria-label": text.citation(number) }, number);
