import { textOf } from "../protocol/items.js";
import { text } from "../text.js";
import { h } from "./dom.js";

/** What the person said, shown exactly as typed. */
export function userMessage() {
  const words = h("div", { class: "bubble" });
  const unsent = h("span", { class: "unsent", hidden: true }, text.unsent);
  const element = h("article", { class: "message user" }, h("h2", { class: "visually-hidden" }, text.youSaid), words, unsent);
  return {
    element,
    update(item) {
      words.textContent = textOf(item);
      unsent.hidden = !item.unsent;
      element.classList.toggle("pending", item.pending === true);
    },
  };
}
