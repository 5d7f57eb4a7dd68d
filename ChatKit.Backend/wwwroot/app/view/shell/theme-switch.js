import { preferences } from "../../model/preferences.js";
import { text } from "../../text.js";
import { byId, h } from "../dom.js";
import { icon } from "../icon.js";

const icons = { system: "monitor", light: "sun", dark: "moon" };

/** Follows the system, or stays light or dark. boot.js applies the stored choice before the first paint. */
export function themeSwitch() {
  const chosen = preferences.theme.get() ?? "system";
  byId("theme-switch").append(...Object.entries(icons).map(([theme, name]) => h("label", { title: text.themes[theme] },
    h("input", { type: "radio", name: "theme", value: theme, checked: theme === chosen, class: "visually-hidden", onchange: () => apply(theme) }),
    icon(name),
    h("span", { class: "visually-hidden" }, text.themes[theme]))));
}

function apply(theme) {
  const stored = theme === "system" ? null : theme;
  preferences.theme.set(stored);
  if (stored) document.documentElement.dataset.theme = stored;
  else delete document.documentElement.dataset.theme;
}
