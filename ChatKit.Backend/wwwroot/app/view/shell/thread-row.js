import { addressOf } from "../../router.js";
import { text } from "../../text.js";
import { h } from "../dom.js";
import { icon } from "../icon.js";
import { openMenu } from "../menu.js";
import { renameField } from "./rename-field.js";

/** One conversation of the list: a link, and a menu to rename or delete it. */
export function threadRow({ rename, remove }) {
  const link = h("a", { class: "thread-link", dir: "auto" });
  const more = h("button", { type: "button", class: "icon-button thread-more", "aria-haspopup": "menu", "aria-expanded": "false" }, icon("ellipsis"));
  const element = h("li", { class: "thread" }, link, more);
  let thread;

  const startRename = () => renameField(element, titleOf(thread), (title) => rename(thread, title), () => more.focus());
  more.addEventListener("click", () => openMenu(more, text.optionsFor(titleOf(thread)), [
    { label: text.rename, icon: "pencil", action: startRename },
    { label: text.delete, icon: "trash-2", danger: true, action: () => remove(thread, more) },
  ]));

  return {
    element,
    focus: () => link.focus(),
    update(next, { current, running }) {
      thread = next;
      const title = titleOf(thread);
      link.href = addressOf(thread.id);
      link.title = title;
      link.replaceChildren(title, ...running ? [h("span", { class: "running" }, h("span", { class: "visually-hidden" }, text.answeringNow))] : []);
      link.toggleAttribute("aria-current", current);
      if (current) link.setAttribute("aria-current", "page");
      more.setAttribute("aria-label", text.optionsFor(title));
    },
  };
}

export const titleOf = (thread) => thread?.title || thread?.provisionalTitle || text.untitled;
