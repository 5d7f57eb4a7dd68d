import lucide from "../../lib/lucide.js";

const svg = "http://www.w3.org/2000/svg";

/** The page's own, where the set has none that fits. */
const own = {
  stop: [["rect", { x: 6, y: 6, width: 12, height: 12, rx: 2.5, fill: "currentColor" }]],
};

/** An icon. It only decorates: the control around it carries the name. */
export function icon(name) {
  const root = element("svg", { class: "icon", viewBox: "0 0 24 24", "aria-hidden": "true" });
  root.append(...(own[name] ?? lucide[name]).map(([tag, attributes]) => element(tag, attributes)));
  return root;
}

export const hasIcon = (name) => Object.hasOwn(lucide, name);

/** Puts the icons of the static page in place: `<i data-icon="copy">`. */
export function placeIcons(root) {
  for (const place of root.querySelectorAll("[data-icon]")) place.replaceWith(icon(place.dataset.icon));
}

/** An element of SVG, which `document.createElement` does not make. */
export function element(tag, attributes, ...children) {
  const node = document.createElementNS(svg, tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}
