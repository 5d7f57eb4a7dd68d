import { text } from "../../text.js";
import { h } from "../dom.js";
import { length, put, spacing } from "./style.js";

const columns = { xs: "4rem", sm: "6rem", md: "9rem", lg: "13rem", xl: "18rem" };

export function table() {
  const holder = h("tbody", {});
  return { element: h("div", { class: "table-scroller", tabindex: "0", role: "group", "aria-label": text.table }, h("table", { class: "w-table" }, holder)), holder };
}

/** A row says whether it is a head; its cells need to know. */
export function tableRow({ header = false }) {
  const element = h("tr", {});
  return { element, holder: element, context: { header } };
}

export function tableCell(node, { header }) {
  const element = h(header ? "th" : "td", { scope: header ? "col" : null, colspan: node.colSpan, rowspan: node.rowSpan });
  put(element, "width", length(node.width ?? columns[node.colSize]));
  put(element, "text-align", node.align);
  put(element, "vertical-align", { start: "top", center: "middle", end: "bottom" }[node.vAlign]);
  const { x, y, top = y, bottom = y, left = x, right = x } = node.padding ?? {};
  for (const [side, value] of Object.entries({ top, bottom, "inline-start": left, "inline-end": right })) spacing(element, `padding-${side}`, value);
  return { element, holder: element };
}
