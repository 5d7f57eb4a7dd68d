/**
 * From the protocol's props to styles. They are set one by one through the object model, which the page's policy allows; each value is checked to be of the
 * kind that its property takes, so that none can carry an address.
 */
const spaced = (value) => (typeof value === "number" ? `${value * 0.25}rem` : value);
const sized = (value) => (typeof value === "number" ? `${value}px` : value);

const radii = { "2xs": "2px", xs: "4px", sm: "6px", md: "8px", lg: "10px", xl: "12px", "2xl": "16px", "3xl": "20px", "4xl": "24px", full: "9999px", "100%": "100%", none: "0" };
const alignments = { start: "flex-start", center: "center", end: "flex-end", baseline: "baseline", stretch: "stretch" };
const justifications = { ...alignments, between: "space-between", around: "space-around", evenly: "space-evenly" };

/** Names of colours that the protocol knows; each has a value for light and for dark in styles/widgets.css. */
const tokens = new Set([
  "primary", "secondary", "tertiary", "prose", "emphasis", "success", "warning", "caution", "danger", "info", "discovery",
  "surface", "surface-secondary", "surface-tertiary", "surface-elevated", "surface-elevated-secondary", "alpha-05", "alpha-10", "default", "subtle", "strong",
]);
const hues = { red: 27, orange: 55, yellow: 95, green: 150, teal: 185, blue: 255, purple: 300, pink: 350 };

/** A colour as CSS has it; null for what is none. `{light, dark}`, a token, `blue-500`, or any colour of CSS. */
export function colour(value) {
  if (value && typeof value === "object") {
    const [light, dark] = [colour(value.light), colour(value.dark)];
    return light && dark ? `light-dark(${light}, ${dark})` : light ?? dark;
  }

  if (typeof value !== "string") return null;
  if (tokens.has(value)) return `var(--w-${value})`;
  return primitive(value) ?? (CSS.supports("color", value) ? value : null);
}

function primitive(value) {
  const [, hue, step] = /^([a-z]+)-(\d{2,3})$/.exec(value) ?? (value in hues ? [null, value, "500"] : []);
  if (hue === "gray" && step) return `oklch(${lightness(step)} 0.01 260)`;
  return hue in hues && step ? `oklch(${lightness(step)} ${Number(step) < 100 || Number(step) > 900 ? 0.05 : 0.16} ${hues[hue]})` : null;
}

const lightness = (step) => Math.max(0.2, 0.98 - Number(step) * 0.00078).toFixed(3);

/** Sets a property where the value is one that it takes. */
export function put(element, property, value) {
  if (value === null || value === undefined || value === false) return;
  const words = String(value);
  if (/url\s*\(|image-set|expression/i.test(words) || !CSS.supports(property, words)) return;
  element.style.setProperty(property, words);
}

/** What every block has: sizes, margin, radius. */
export function block(element, node) {
  const { size, minSize, maxSize, aspectRatio, radius, margin, flex } = node;
  put(element, "width", sized(node.width ?? size));
  put(element, "height", sized(node.height ?? size));
  put(element, "min-width", sized(node.minWidth ?? minSize));
  put(element, "min-height", sized(node.minHeight ?? minSize));
  put(element, "max-width", sized(node.maxWidth ?? maxSize));
  put(element, "max-height", sized(node.maxHeight ?? maxSize));
  put(element, "aspect-ratio", aspectRatio);
  put(element, "border-radius", radii[radius]);
  put(element, "flex", flex);
  edges(element, "margin", margin);
}

/** What every box has beside: its children's arrangement, padding, border, background. */
export function boxed(element, node) {
  block(element, node);
  put(element, "align-items", alignments[node.align]);
  put(element, "justify-content", justifications[node.justify]);
  put(element, "flex-wrap", node.wrap);
  put(element, "gap", spaced(node.gap));
  put(element, "background-color", colour(node.background));
  edges(element, "padding", node.padding);
  borders(element, node.border);
}

export function spacing(element, property, value) {
  put(element, property, spaced(value));
}

export const length = sized;

function edges(element, property, value) {
  if (value === null || value === undefined) return;
  if (typeof value !== "object") return put(element, property, spaced(value));
  const { x, y, top = y, bottom = y, left = x, right = x } = value;
  put(element, `${property}-top`, spaced(top));
  put(element, `${property}-bottom`, spaced(bottom));
  put(element, `${property}-inline-start`, spaced(left));
  put(element, `${property}-inline-end`, spaced(right));
}

function borders(element, value) {
  if (value === null || value === undefined) return;
  const sides = typeof value === "object" && !("size" in value) ? value : { top: value, bottom: value, left: value, right: value };
  const { x, y, top = y, bottom = y, left = x, right = x } = sides;
  for (const [side, line] of Object.entries({ top, bottom, "inline-start": left, "inline-end": right })) {
    if (line === null || line === undefined) continue;
    const { size = line, color = "default", style = "solid" } = typeof line === "object" ? line : {};
    put(element, `border-${side}`, `${Number(size)}px ${style} ${colour(color) ?? "var(--w-default)"}`);
  }
}
