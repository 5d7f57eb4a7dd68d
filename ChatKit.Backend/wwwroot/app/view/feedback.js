import { text } from "../text.js";
import { iconButton } from "./icon-button.js";

/** Thumbs. The one that was given is pressed; the other can still be given in its place. */
export function feedbackButtons(give) {
  const up = iconButton("thumbs-up", text.goodAnswer, () => give("positive"), { "aria-pressed": "false" });
  const down = iconButton("thumbs-down", text.badAnswer, () => give("negative"), { "aria-pressed": "false" });
  return {
    buttons: [up, down],
    show(kind) {
      up.setAttribute("aria-pressed", String(kind === "positive"));
      down.setAttribute("aria-pressed", String(kind === "negative"));
    },
  };
}
