import { h } from "./dom.js";
import { icon } from "./icon.js";

/** A button that shows an icon and is called by its label, also in a tooltip. */
export const iconButton = (name, label, onclick, attributes = {}) =>
  h("button", { type: "button", class: "icon-button", "aria-label": label, title: label, onclick, ...attributes }, icon(name));
