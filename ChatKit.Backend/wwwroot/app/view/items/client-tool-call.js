import { host } from "../../host.js";
import { text } from "../../text.js";
import { h } from "../dom.js";
import { icon } from "../icon.js";

/**
 * A function of the page that the assistant calls. What host.js knows runs by itself when the call arrives; anything else, and a call that was left open by a
 * reload, is the person's to answer or to decline, so that no conversation gets stuck.
 */
export function clientToolCall(deeds) {
  const element = h("section", { class: "card tool-call" });
  return {
    element,
    update(item) {
      const pending = item.status === "pending";
      element.setAttribute("aria-label", text.toolCall(item.name));
      element.replaceChildren(
        h("p", { class: "card-head" }, icon("wrench"), h("span", {}, pending ? text.toolAsks : text.toolAnswered), h("code", {}, item.name)),
        details(text.toolArguments, item.arguments),
        pending ? answer(item, deeds) : details(text.toolOutput, item.output));
    },
  };
}

const details = (label, value) => h("details", {}, h("summary", {}, label), h("pre", { tabindex: "0", dir: "ltr", "aria-label": label }, JSON.stringify(value ?? null, null, 2)));

function answer(item, deeds) {
  const field = h("textarea", { class: "field", rows: "2", dir: "auto", "aria-label": text.toolResult, placeholder: text.toolResult });
  const send = (result) => {
    if (!deeds.refuseWhileBusy()) deeds.addToolOutput(item, result);
  };
  const run = Object.hasOwn(host.tools, item.name)
    ? h("button", { type: "button", class: "button", onclick: () => deeds.runTool(item) }, text.toolRun)
    : null;
  return h("form", {
    class: "tool-answer",
    onsubmit: (event) => {
      event.preventDefault();
      send(jsonOrText(field.value));
    },
  }, h("p", { class: "card-note" }, text.toolUnknown), field,
  h("div", { class: "ways" },
    run,
    h("button", { type: "button", class: "button", onclick: () => send({ error: "declined by the user" }) }, text.toolDecline),
    h("button", { type: "submit", class: "button primary" }, text.toolSend)));
}

function jsonOrText(words) {
  try {
    return JSON.parse(words);
  } catch {
    return words;
  }
}
