import { hasIcon } from "../icon.js";

/** The protocol's icon names, in the set that the page has. https://openai.github.io/chatkit-python/ (icons.py) lists them. */
const names = {
  agent: "bot", analytics: "chart-column", atom: "atom", batch: "layers", bolt: "zap", "book-open": "book-open", "book-closed": "book", "book-clock": "book-marked",
  bug: "bug", calendar: "calendar", chart: "chart-line", check: "check", "check-circle": "circle-check", "check-circle-filled": "circle-check",
  "chevron-left": "chevron-left", "chevron-right": "chevron-right", "circle-question": "circle-question-mark", clock: "clock", compass: "compass",
  confetti: "party-popper", cube: "box", desktop: "monitor", document: "file-text", dot: "dot", "dots-horizontal": "ellipsis", "dots-vertical": "ellipsis-vertical",
  "empty-circle": "circle", "external-link": "external-link", globe: "globe", keys: "key-round", lab: "flask-conical", images: "images", info: "info",
  lifesaver: "life-buoy", lightbulb: "lightbulb", mail: "mail", "map-pin": "map-pin", maps: "map", mobile: "smartphone", name: "tag", notebook: "notebook",
  "notebook-pencil": "notebook-pen", "page-blank": "file", phone: "phone", play: "play", plus: "plus", profile: "circle-user", "profile-card": "id-card",
  reload: "rotate-cw", star: "star", "star-filled": "star", search: "search", sparkle: "sparkle", "sparkle-double": "sparkles", "square-code": "square-code",
  "square-image": "image", "square-text": "text-select", suitcase: "briefcase", "settings-slider": "sliders-horizontal", user: "user", wreath: "award",
  write: "pencil", "write-alt": "pen-line", "write-alt2": "square-pen", calculator: "calculator", wrench: "wrench",
};

/** Our icon for a name of the protocol, also `lucide:bug`; null where there is none. */
export function widgetIcons(name) {
  if (typeof name !== "string") return null;
  const plain = name.replace(/^lucide:/, "");
  return Object.hasOwn(names, plain) ? names[plain] : hasIcon(plain) ? plain : null;
}

export const isFilled = (name) => typeof name === "string" && name.endsWith("-filled");
