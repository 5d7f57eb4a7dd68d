import { StreamingMarkdown } from "../markdown/streaming-markdown.js";
import { textOf } from "../protocol/items.js";
import { text } from "../text.js";
import { copyWith } from "./clipboard.js";
import { h } from "./dom.js";
import { icon } from "./icon.js";

/** An answer. While it is live it is drawn at most once per frame, however many words arrive in between. */
export function assistantMessage() {
  const body = h("div", { class: "markdown" });
  const markdown = new StreamingMarkdown(body);
  const copy = h("button", { type: "button", class: "icon-button", "aria-label": text.copyAnswer, title: text.copyAnswer }, icon("copy"));
  const actions = h("div", { class: "actions", hidden: true }, copy);
  const element = h("article", { class: "message assistant" }, h("h2", { class: "visually-hidden" }, text.assistantSaid), body, actions);

  let words = "";
  let frame = 0;
  const draw = () => {
    frame = 0;
    markdown.grow(words);
  };

  copy.addEventListener("click", () => copyWith(copy, words));
  return {
    element,
    /** As it is read out: without markup, and with code named instead of spelt. */
    spoken: () => [...body.children].map((block) => block.querySelector("pre")?.ariaLabel ?? block.textContent).join(" "),
    update(item, live) {
      words = textOf(item);
      element.setAttribute("aria-busy", String(live));
      actions.hidden = live || words === "";
      if (live) {
        frame ||= requestAnimationFrame(draw);
        return;
      }

      cancelAnimationFrame(frame);
      frame = 0;
      markdown.finish(words);
    },
  };
}
