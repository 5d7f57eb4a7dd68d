import { h } from "../view/dom.js";
import { icon } from "../view/icon.js";
import { text } from "../text.js";
import { placeCitations } from "./citations.js";
import { typeset } from "./typeset.js";

/** Adds to cleaned markdown what only the page may add: copy buttons, places to scroll, formulas, citations, links that open beside the page. */
export function decorate(fragment) {
  placeCitations(fragment);
  typeset(fragment);
  for (const pre of fragment.querySelectorAll("pre")) pre.replaceWith(codeFigure(pre));
  for (const table of fragment.querySelectorAll("table")) table.replaceWith(scrollable(table));
  // Each block goes the way of its first strong letter, with all that it holds: a list with its marks, a table with its columns.
  for (const block of fragment.children) block.dir = "auto";
  for (const link of fragment.querySelectorAll("a[href]")) {
    link.target = "_blank";
    link.rel = "noopener noreferrer";
  }

  return fragment;
}

function codeFigure(pre) {
  const language = /language-(\S+)/.exec(pre.firstElementChild?.className)?.[1] ?? text.plainText;
  const scroller = pre.cloneNode(true);
  scroller.dir = "ltr";
  scroller.tabIndex = 0;
  scroller.setAttribute("role", "group");
  scroller.setAttribute("aria-label", text.codeSample(language));
  return h("figure", { class: "code" },
    h("figcaption", {},
      h("span", {}, language),
      h("button", { type: "button", class: "copy", "data-copy": "code", "aria-label": text.copyCode }, icon("copy"), h("span", {}, text.copy))),
    scroller);
}

function scrollable(table) {
  return h("div", { class: "table-scroller", tabindex: "0", role: "group", "aria-label": text.table }, table.cloneNode(true));
}
