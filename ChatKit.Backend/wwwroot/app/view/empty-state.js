import { text } from "../text.js";
import { h } from "./dom.js";

/** What a new chat shows: a question, and a few ways to begin. */
export function emptyState(choose) {
  const examples = text.examples.map(({ title, prompt }) => h("li", {},
    h("button", { type: "button", class: "example", onclick: () => choose(prompt) }, h("strong", {}, title), h("span", {}, prompt))));
  return h("div", { class: "empty" },
    h("h2", {}, text.emptyHeading),
    h("p", {}, text.emptyLead),
    h("ul", { class: "examples" }, ...examples));
}
