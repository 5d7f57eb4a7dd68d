import { h } from "../view/dom.js";

/** Puts the writing mark where the next word will appear: behind the last text, however deep in lists, quotes or code it stands. */
export function placeCaret(root) {
  let place = root;
  for (let last = lastOf(root); last instanceof Element && !last.matches("hr, br"); last = lastOf(last)) place = last;
  const caret = h("span", { class: "caret", "aria-hidden": "true" });
  const tail = place.lastChild;
  // Code always ends with a line break; the next word belongs before it.
  if (tail instanceof Text && tail.data.endsWith("\n")) tail.splitText(tail.length - 1).before(caret);
  else place.append(caret);
}

const lastOf = (node) => [...node.childNodes].findLast((child) => child instanceof Element || child.data.trim() !== "");
