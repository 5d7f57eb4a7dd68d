import { text } from "../text.js";
import { h } from "./dom.js";

/** Asks before something is lost. Resolves to whether the person agreed; Escape is no. */
export function confirmLoss({ heading, body, agree }) {
  return new Promise((resolve) => {
    const close = (agreed) => () => {
      dialog.returnValue = agreed;
      dialog.close();
    };
    const dialog = h("dialog", { class: "dialog", role: "alertdialog", "aria-labelledby": "confirm-heading", "aria-describedby": "confirm-body" },
      h("h2", { id: "confirm-heading" }, heading),
      h("p", { id: "confirm-body" }, body),
      h("div", { class: "dialog-buttons" },
        h("button", { type: "button", class: "button", onclick: close("") }, text.cancel),
        h("button", { type: "button", class: "button danger", onclick: close("agreed") }, agree)));
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue === "agreed");
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}
