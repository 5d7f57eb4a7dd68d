import { StreamingMarkdown } from "../../markdown/streaming-markdown.js";
import { h } from "../dom.js";
import { colour, length, put } from "./style.js";

const weights = { normal: "400", medium: "500", semibold: "600", bold: "700" };
const sizes = {
  Text: { xs: "0.75rem", sm: "0.875rem", md: "1rem", lg: "1.125rem", xl: "1.25rem" },
  Caption: { sm: "0.75rem", md: "0.8125rem", lg: "0.875rem" },
  Title: { sm: "1rem", md: "1.125rem", lg: "1.25rem", xl: "1.5rem", "2xl": "1.75rem", "3xl": "2rem", "4xl": "2.25rem", "5xl": "2.75rem" },
};

export const title = (node) => plain("p", "w-title", node);
export const caption = (node) => plain("p", "w-caption", node);

/** Text may be streamed into, and edited in place: it is then a field of its form. */
export function textComponent(node) {
  if (node.editable) return { element: editable(node), holder: null };
  const made = plain("p", "w-text", node);
  made.element.classList.toggle("italic", node.italic === true);
  made.element.classList.toggle("struck", node.lineThrough === true);
  put(made.element, "width", length(node.width));
  if (Number.isInteger(node.minLines)) put(made.element, "min-height", `${node.minLines * 1.5}em`);
  return made;
}

export function label(node) {
  const made = plain("label", "w-label", node);
  made.element.dataset.for = node.fieldName;
  // The field may be built later, or again: it is looked for when the label is used, and named when it takes the focus.
  made.element.addEventListener("click", () => fieldOf(made.element)?.focus());
  queueMicrotask(() => {
    const field = fieldOf(made.element);
    if (!field) return;
    made.element.id ||= `label-${field.id}`;
    field.setAttribute("aria-labelledby", made.element.id);
  });
  return made;
}

export function markdown(node) {
  const element = h("div", { class: "markdown w-markdown" });
  const shown = new StreamingMarkdown(element);
  const change = ({ value = "", streaming = false }) => (streaming ? shown.grow(String(value)) : shown.finish(String(value)));
  change(node);
  return { element, holder: null, change };
}

function plain(tag, name, node) {
  const element = h(tag, { class: name, dir: "auto" });
  put(element, "font-size", sizes[node.type]?.[node.size] ?? sizes.Text[node.size]);
  put(element, "font-weight", weights[node.weight]);
  put(element, "text-align", { start: "start", center: "center", end: "end" }[node.textAlign]);
  put(element, "color", colour(node.color));
  element.classList.toggle("truncate", node.truncate === true && !(node.maxLines > 1));
  if (node.maxLines > 0) {
    element.classList.add("clamp");
    put(element, "-webkit-line-clamp", node.maxLines);
  }

  const change = ({ value = "" }) => {
    element.textContent = value;
  };
  change(node);
  return { element, holder: null, change };
}

function editable({ value = "", editable: options, minLines = 1, size }) {
  const field = h("textarea", {
    class: "w-editable", name: options.name, "data-name": options.name, rows: minLines, dir: "auto", "aria-label": options.placeholder ?? options.name,
    placeholder: options.placeholder, required: options.required === true, autocomplete: options.autoComplete ?? "off",
  });
  field.value = value;
  put(field, "font-size", sizes.Text[size]);
  if (options.autoFocus) queueMicrotask(() => field.focus({ preventScroll: true }));
  if (options.autoSelect) field.addEventListener("focus", () => field.select());
  return field;
}

const fieldOf = (element) => element.closest(".widget")?.querySelector(`[data-name="${CSS.escape(element.dataset.for)}"]`);
