import { text } from "../../text.js";
import { h } from "../dom.js";
import { icon } from "../icon.js";
import { collect, control } from "./form-values.js";
import { widgetIcons } from "./icons.js";
import { block, boxed, colour, length, put, spacing } from "./style.js";

/** Containers: what holds other components, and the space between them. */
export const box = (node) => container("div", node, node.direction);
export const row = (node) => container("div", node, "row");
export const col = (node) => container("div", node, "col");

function container(tag, node, direction = "col", attributes = {}) {
  const element = h(tag, { class: direction === "row" ? "w-row" : "w-col", ...attributes });
  boxed(element, node);
  return { element, holder: element };
}

export function basic(node) {
  const made = container("div", node, node.direction ?? "col");
  themed(made.element, node);
  return made;
}

/** A card may be a form, with buttons of its own to confirm and to cancel. */
export function card(node, { act }) {
  const isForm = node.asForm === true;
  const holder = h("div", { class: "w-card-body w-col" });
  const element = h(isForm ? "form" : "div", { class: `w-card ${["sm", "md", "lg", "full"].includes(node.size) ? node.size : "md"}` },
    node.status ? status(node.status) : null, holder);
  themed(element, node);
  put(element, "background-color", colour(node.background));
  boxed(holder, { padding: node.padding });
  const values = () => (isForm ? collect(element) : {});
  const button = (config, kind) => (config ? h("button", {
    type: isForm && kind === "primary" ? "submit" : "button", class: `button ${kind}`, onclick: kind === "primary" && isForm ? () => {} : ({ currentTarget }) => act(config.action, currentTarget),
  }, config.label) : null);
  if (node.confirm || node.cancel) {
    element.append(h("div", { class: "w-card-foot" }, button(node.cancel, ""), button(node.confirm, "primary")));
  }

  if (isForm) {
    element.addEventListener("submit", (event) => {
      event.preventDefault();
      act(node.confirm?.action, element, values());
    });
  }

  if (!node.collapsed) return { element, holder };
  const folded = h("details", {}, h("summary", {}, node.status?.text ?? text.showMore), element);
  return { element: folded, holder };
}

export function form(node, { act }) {
  const made = container("form", node, node.direction ?? "col");
  made.element.addEventListener("submit", (event) => {
    event.preventDefault();
    act(node.onSubmitAction, made.element, collect(made.element));
  });
  return made;
}

/** Beyond its limit a list is folded. */
export function listView(node) {
  const holder = h("ul", { class: "w-list" });
  const more = h("button", { type: "button", class: "button w-list-more", hidden: true });
  const element = h("div", { class: "w-card w-list-view" }, node.status ? status(node.status) : null, holder, more);
  themed(element, node);
  const limit = node.limit === "auto" ? 8 : node.limit;
  const built = (children) => {
    if (!Number.isInteger(limit) || children.length <= limit) return;
    const hidden = children.slice(limit).map((child) => child.element);
    hidden.forEach((item) => { item.hidden = true; });
    more.hidden = false;
    more.textContent = text.showAll(children.length);
    more.addEventListener("click", () => {
      hidden.forEach((item) => { item.hidden = false; });
      more.hidden = true;
      hidden[0].querySelector("button, a")?.focus();
    });
  };
  return { element, holder, built };
}

export function listViewItem(node, { act }) {
  const action = node.onClickAction;
  const holder = h("div", { class: "w-row w-item", ...action ? control(() => act(action, holder)) : {} });
  put(holder, "align-items", { start: "flex-start", end: "flex-end" }[node.align] ?? node.align);
  spacing(holder, "gap", node.gap);
  return { element: h("li", {}, holder), holder };
}

export function spacer(node) {
  const element = h("div", { class: "w-spacer" });
  put(element, "min-width", length(node.minSize));
  put(element, "min-height", length(node.minSize));
  return { element, holder: null };
}

export function divider(node) {
  const element = h("hr", { class: node.flush ? "w-divider flush" : "w-divider" });
  put(element, "background-color", colour(node.color));
  put(element, "height", length(node.size));
  spacing(element, "margin-block", node.spacing);
  return { element, holder: null };
}

/** What it holds fades in when it changes, unless the person wants no motion (base.css). */
export function transition(node) {
  const element = h("div", { class: "w-transition" });
  block(element, node);
  return { element, holder: element };
}

const status = ({ text: words, icon: name }) => {
  const known = widgetIcons(name);
  return h("p", { class: "w-status", dir: "auto" }, known ? icon(known) : null, words);
};

function themed(element, { theme }) {
  if (theme === "light" || theme === "dark") element.dataset.theme = theme;
}
