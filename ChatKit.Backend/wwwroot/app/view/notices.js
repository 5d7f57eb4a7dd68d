import { fillWithMarkdown } from "../markdown/static-markdown.js";
import { text } from "../text.js";
import { byId, h } from "./dom.js";
import { icon } from "./icon.js";
import { iconButton } from "./icon-button.js";

const icons = { info: "info", warning: "triangle-alert", danger: "circle-alert" };
const most = 3;

/** Says something above the message box; returns what takes it away again. Of many, the last few stay. */
export function notify(message, level = "danger") {
  return show(h("p", { dir: "auto" }, message), level);
}

/** What the assistant says beside the conversation: markdown, with a title. */
export function notifyOf({ message, level = "info", title }) {
  return show(h("div", {}, title ? h("p", { class: "notice-title", dir: "auto" }, title) : null, fillWithMarkdown(h("div", {}), message)), level);
}

function show(body, level) {
  const known = Object.hasOwn(icons, level) ? level : "info";
  const notice = h("div", { class: `notice ${known}`, role: known === "danger" ? "alert" : "status" },
    icon(icons[known]), body, iconButton("x", text.dismiss, () => notice.remove()));
  const place = byId("notices");
  place.append(notice);
  while (place.children.length > most) place.firstChild.remove();
  return () => notice.remove();
}

export function watchConnection() {
  let withdraw = () => {};
  const gone = () => {
    withdraw();
    withdraw = notify(text.failures.offline, "warning");
  };
  window.addEventListener("offline", gone);
  window.addEventListener("online", () => withdraw());
  if (!navigator.onLine) gone();
}
