import { text } from "../text.js";
import { h } from "./dom.js";
import { icon } from "./icon.js";
import { webAddress } from "./sources.js";

/** In place of a picture from elsewhere: fetching it would tell its host who reads what. The person may go there themselves. */
export function foreignImage(address, alt) {
  const link = webAddress(address);
  if (!link) return h("span", { class: "foreign-image" }, icon("image"), alt || text.image);
  return h("a", { class: "foreign-image", href: link.href, target: "_blank", rel: "noopener noreferrer" }, icon("image"),
    h("span", {}, alt || text.image, h("small", {}, text.imageElsewhere(link.hostname))));
}
