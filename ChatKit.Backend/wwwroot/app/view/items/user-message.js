import { textOf } from "../../protocol/items.js";
import { text } from "../../text.js";
import { attachmentCard } from "../attachment-card.js";
import { copyWith } from "../clipboard.js";
import { h } from "../dom.js";
import { iconButton } from "../icon-button.js";
import { timeOf } from "../time.js";

/** What the person said, shown exactly as typed, with what they attached and quoted. */
export function userMessage(deeds) {
  const quoted = h("blockquote", { class: "quoted", dir: "auto", hidden: true });
  const files = h("div", { class: "files", hidden: true });
  const words = h("div", { class: "bubble", dir: "auto" });
  const unsent = h("span", { class: "unsent", hidden: true }, text.unsent);
  const time = h("span", { class: "time" });
  const copy = iconButton("copy", text.copyMessage, () => copyWith(copy, textOf(shown)));
  const change = iconButton("pencil", text.editMessage, () => edit(), { class: "icon-button edit-message" });
  const actions = h("div", { class: "actions" }, time, copy, change);
  const said = h("div", { class: "said" }, unsent, words);
  const element = h("article", { class: "message user" },
    h("h2", { class: "visually-hidden" }, text.youSaid), quoted, files, said, actions);
  let shown;

  function edit() {
    if (deeds.refuseWhileBusy()) return;
    const field = h("textarea", { class: "field", dir: "auto", "aria-label": text.editedMessage, rows: "1" });
    field.value = textOf(shown);
    const close = () => {
      form.replaceWith(said);
      actions.hidden = false;
      change.focus();
    };
    const form = h("form", {
      class: "edit",
      onsubmit: (event) => {
        event.preventDefault();
        const changed = field.value.trim();
        close();
        if (changed !== "") deeds.edit(shown, changed);
      },
      onkeydown: (event) => {
        if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
          event.preventDefault();
          form.requestSubmit();
        } else if (event.key === "Escape") {
          event.preventDefault();
          close();
        }
      },
    }, field, h("p", { class: "edit-hint" }, text.editHint),
    h("div", { class: "ways" },
      h("button", { type: "button", class: "button", onclick: close }, text.cancel),
      h("button", { type: "submit", class: "button primary" }, text.sendAgain)));
    said.replaceWith(form);
    actions.hidden = true;
    field.focus();
  }

  return {
    element,
    update(item) {
      shown = item;
      const whole = textOf(item);
      words.replaceChildren(...item.content.map((part) => (part.type === "input_tag" ? h("span", { class: "tag" }, `@${part.text}`) : part.text ?? "")));
      words.hidden = whole === "";
      quoted.textContent = item.quoted_text ?? "";
      quoted.hidden = !item.quoted_text;
      files.replaceChildren(...(item.attachments ?? []).map((attachment) => attachmentCard(attachment)));
      files.hidden = (item.attachments ?? []).length === 0;
      unsent.hidden = !item.unsent;
      time.replaceChildren(...item.created_at ? [timeOf(item.created_at)] : []);
      actions.hidden = item.pending === true;
      copy.hidden = whole === "";
      change.hidden = !item.content.every((part) => part.type === "input_text") || !deeds.canEdit();
      element.classList.toggle("pending", item.pending === true);
    },
  };
}
