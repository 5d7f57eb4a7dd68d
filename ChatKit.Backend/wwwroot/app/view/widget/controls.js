import { text } from "../../text.js";
import { h, newId } from "../dom.js";
import { icon } from "../icon.js";
import { collect } from "./form-values.js";
import { widgetIcons } from "./icons.js";
import { put } from "./style.js";

const hidden = (name) => `w-size-${name}`;
const controlClass = ({ variant = "outline", size = "md", pill, block }, kind) => [kind, `w-${variant}`, hidden(size), pill ? "pill" : "", block ? "w-block" : ""].filter(Boolean).join(" ");

/** The browser's own controls: they are known to every hand and every screen reader, in every language. A form's names go beside the browser's. */
const named = (node) => ({ name: node.name, "data-name": node.name, id: newId("field"), disabled: node.disabled === true, required: node.required === true });

const changed = (act, action, element) => action && act(action, element, collect(element.parentElement ?? element));

export function button(node, { act }) {
  const { label, submit = false, iconStart, iconEnd, style, color, variant, uniform } = node;
  const faces = [iconStart, iconEnd].map((name) => widgetIcons(name)).map((name) => (name ? icon(name) : null));
  const kind = variant ?? (style === "secondary" ? "outline" : "solid");
  const element = h("button", {
    type: submit ? "submit" : "button",
    class: `${controlClass({ ...node, variant: kind }, "w-button")} w-color-${color ?? style ?? "primary"}${uniform ? " uniform" : ""}`,
    "aria-label": label ? null : node.iconStart ?? node.iconEnd,
    disabled: node.disabled === true,
    // A button that submits leaves its action to its form, unless it has one of its own; then what the form holds goes along.
    onclick: (event) => {
      if (!node.onClickAction) return;
      const form = submit ? element.form : null;
      if (form && !form.reportValidity()) return event.preventDefault();
      if (submit) event.preventDefault();
      act(node.onClickAction, element, form ? collect(form) : {});
    },
  }, faces[0], label ? h("span", { dir: "auto" }, label) : null, faces[1]);
  return { element, holder: null };
}

export function input(node) {
  const type = ["number", "email", "text", "password", "tel", "url"].includes(node.inputType) ? node.inputType : "text";
  const element = h("input", {
    ...named(node), type, class: controlClass(node, "w-input"), value: node.defaultValue, placeholder: node.placeholder, pattern: node.pattern, dir: "auto",
    "aria-label": node.placeholder ?? node.name, autocomplete: node.allowAutofillExtensions ? null : "off",
  });
  eager(element, node);
  return { element, holder: null };
}

export function textarea(node) {
  const element = h("textarea", {
    ...named(node), class: controlClass(node, "w-input w-textarea"), rows: node.rows ?? 3, placeholder: node.placeholder, dir: "auto", "aria-label": node.placeholder ?? node.name,
  });
  element.value = node.defaultValue ?? "";
  element.classList.toggle("grows", node.autoResize === true);
  if (node.maxRows > 0) put(element, "max-height", `${node.maxRows * 1.5 + 1}rem`);
  eager(element, node);
  return { element, holder: null };
}

export function select(node, { act }) {
  const { options = [], placeholder, defaultValue, clearable } = node;
  const none = placeholder || clearable || !defaultValue ? [h("option", { value: "", disabled: !clearable, hidden: !clearable }, placeholder ?? text.choose)] : [];
  const element = h("select", { ...named(node), class: controlClass(node, "w-input w-select"), "aria-label": placeholder ?? node.name },
    ...none, ...options.map(({ value, label }) => h("option", { value }, label)));
  element.value = defaultValue ?? "";
  element.addEventListener("change", () => changed(act, node.onChangeAction, element));
  return { element: h("span", { class: node.block ? "w-select-box w-block" : "w-select-box" }, element, icon("chevron-down")), holder: null };
}

export function datePicker(node, { act }) {
  const day = (instant) => (typeof instant === "string" ? instant.slice(0, 10) : null);
  const element = h("input", {
    ...named(node), type: "date", class: controlClass(node, "w-input"), value: day(node.defaultValue), min: day(node.min), max: day(node.max),
    "aria-label": node.placeholder ?? node.name,
  });
  element.addEventListener("change", () => changed(act, node.onChangeAction, element));
  return { element, holder: null };
}

export function checkbox(node, { act }) {
  const box = h("input", { ...named(node), type: "checkbox", checked: Boolean(node.defaultChecked), "aria-label": node.label ? null : node.name });
  const element = h("label", { class: "w-choice" }, box, node.label ? h("span", { dir: "auto" }, node.label) : null);
  box.addEventListener("change", () => changed(act, node.onChangeAction, box));
  return { element, holder: null };
}

export function radioGroup(node, { act }) {
  // Names of radio buttons hold for the whole page, and two widgets may use the same one.
  const group = newId(node.name);
  const choices = (node.options ?? []).map(({ value, label, disabled }) => h("label", { class: "w-choice" },
    h("input", {
      type: "radio", name: group, "data-name": node.name, value, checked: value === node.defaultValue, required: node.required === true,
      disabled: node.disabled === true || disabled === true,
    }), h("span", { dir: "auto" }, label)));
  const element = h("div", { role: "radiogroup", class: node.direction === "col" ? "w-col w-radios" : "w-row w-radios", "aria-label": node.ariaLabel ?? node.name }, ...choices);
  element.addEventListener("change", () => changed(act, node.onChangeAction, element));
  return { element, holder: null };
}

function eager(element, { autoFocus, autoSelect }) {
  if (autoFocus) queueMicrotask(() => element.focus({ preventScroll: true }));
  if (autoSelect) element.addEventListener("focus", () => element.select());
}
