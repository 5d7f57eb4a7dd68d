import { text } from "../text.js";
import { byId, h } from "./dom.js";
import { icon } from "./icon.js";

const icons = { info: "info", warning: "triangle-alert", danger: "circle-alert" };

/** Says something above the message box; returns what takes it away again. */
export function notify(message, level = "danger") {
  const notice = h("div", { class: `notice ${level}`, role: level === "danger" ? "alert" : "status" },
    icon(icons[level] ?? "info"),
    h("p", {}, message),
    h("button", { type: "button", class: "icon-button", "aria-label": text.dismiss, onclick: () => notice.remove() }, icon("x")));
  byId("notices").replaceChildren(notice);
  return () => notice.remove();
}

export function watchConnection() {
  let withdraw = () => {};
  window.addEventListener("offline", () => { withdraw = notify(text.failures.offline, "warning"); });
  window.addEventListener("online", () => withdraw());
}
