import { h } from "./dom.js";

let opened = 0;

/**
 * A question over the page. Resolves to what `accept` makes of it when the person agrees, and to null when they cancel or press Escape.
 * `body` is an element; the first control that can take the focus gets it. Without `cancel` there is only one way out.
 */
export function ask({ role = "dialog", heading, body, cancel, agree, danger = false, accept = () => true }) {
  return new Promise((resolve) => {
    const name = `dialog-${++opened}`;
    let answer = null;
    const dialog = h("dialog", { class: "dialog", role, "aria-labelledby": name, "aria-describedby": `${name}-body` },
      h("form", {
        onsubmit: (event) => {
          event.preventDefault();
          answer = accept();
          dialog.close();
        },
      },
      h("h2", { id: name }, heading),
      h("div", { id: `${name}-body` }, body),
      h("div", { class: "dialog-buttons" },
        cancel ? h("button", { type: "button", class: "button", onclick: () => dialog.close() }, cancel) : null,
        h("button", { type: "submit", class: danger ? "button danger" : "button primary" }, agree))));
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(answer);
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}
