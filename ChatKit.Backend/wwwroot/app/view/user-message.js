import { textOf } from "../protocol/items.js";
import { text } from "../text.js";
import { h } from "./dom.js";

/** What the person said, shown exactly as typed. */
export function userMessage() {
  const words = h("div", { class: "bubble" });
  const element = h("article", { class: "message user" }, h("h2", { class: "visually-hidden" }, text.youSaid), words);
  return {
    element,
    update(item) {
      words.textContent = textOf(item);
      element.classList.toggle("pending", item.pending === true);
    },
  };
}
