import { markCitations } from "../../markdown/citations.js";
import { StreamingMarkdown } from "../../markdown/streaming-markdown.js";
import { textOf } from "../../protocol/items.js";
import { text } from "../../text.js";
import { copyWith } from "../clipboard.js";
import { h } from "../dom.js";
import { feedbackButtons } from "../feedback.js";
import { iconButton } from "../icon-button.js";
import { citedSources, sourceList } from "../sources.js";
import { timeOf } from "../time.js";

/** An answer. While it is live it is drawn at most once per frame, however many words arrive in between. */
export function assistantMessage(deeds) {
  const body = h("div", { class: "markdown" });
  const markdown = new StreamingMarkdown(body);
  const sources = h("div", { class: "sources-place" });
  const copy = iconButton("copy", text.copyAnswer, () => copyWith(copy, words));
  const again = iconButton("refresh-cw", text.answerAgain, () => deeds.answerAgain(shown));
  const time = h("span", { class: "time" });
  const feedback = feedbackButtons((kind) => deeds.giveFeedback(shown, kind));
  const actions = h("div", { class: "actions", hidden: true }, copy, ...feedback.buttons, again, time);
  const element = h("article", { class: "message assistant" }, h("h2", { class: "visually-hidden" }, text.assistantSaid), body, sources, actions);

  let shown;
  let words = "";
  let frame = 0;
  const draw = () => {
    frame = 0;
    markdown.grow(words);
  };

  return {
    element,
    /** As it is read out: without markup, and with code named instead of spelt. */
    spoken: () => [...body.children].map((block) => block.querySelector("pre")?.ariaLabel ?? block.textContent).join(" "),
    update(item, live) {
      shown = item;
      words = textOf(item);
      element.setAttribute("aria-busy", String(live));
      actions.hidden = live || words === "";
      again.hidden = !deeds.canAnswer();
      feedback.show(deeds.feedbackOf(item));
      time.replaceChildren(...item.created_at ? [timeOf(item.created_at)] : []);
      if (live) {
        frame ||= requestAnimationFrame(draw);
        return;
      }

      cancelAnimationFrame(frame);
      frame = 0;
      const cited = citedSources(item);
      markdown.finish(markCitations(words, cited.places));
      sources.replaceChildren(...cited.sources.length > 0 ? [sourceList(cited.sources)] : []);
    },
  };
}
