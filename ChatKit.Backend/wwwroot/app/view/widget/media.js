import { h } from "../dom.js";
import { icon } from "../icon.js";
import { ownAddress } from "../attachment-card.js";
import { foreignImage } from "../foreign-image.js";
import { isFilled, widgetIcons } from "./icons.js";
import { block, colour, put } from "./style.js";

const iconSizes = { xs: "0.75rem", sm: "0.875rem", md: "1.125rem", lg: "1.375rem", xl: "1.75rem", "2xl": "2.25rem", "3xl": "3rem" };

export function badge({ label, color = "secondary", variant = "soft", size = "sm", pill = true }) {
  const element = h("span", { class: `w-badge w-${variant} w-color-${color} w-size-${size}${pill ? " pill" : ""}`, dir: "auto" }, label);
  return { element, holder: null };
}

export function widgetIcon({ name, color, size = "md" }) {
  const known = widgetIcons(name);
  const element = h("span", { class: isFilled(name) ? "w-icon filled" : "w-icon" }, icon(known ?? "circle"));
  put(element, "color", colour(color));
  put(element, "font-size", iconSizes[size]);
  return { element, holder: null };
}

/** Only pictures of our own host, and those that come with the widget, are shown; any other is a link to it. */
export function image(node) {
  const source = ownAddress(node.src);
  if (!source) return { element: foreignImage(node.src, node.alt), holder: null };
  const element = h("img", { class: `w-image${node.frame ? " frame" : ""}${node.flush ? " flush" : ""}`, src: source, alt: node.alt ?? "", loading: "lazy", decoding: "async" });
  block(element, node);
  put(element, "object-fit", node.fit);
  put(element, "object-position", node.position);
  return { element, holder: null };
}
