import { text } from "../text.js";
import { h } from "./dom.js";
import { iconButton } from "./icon-button.js";

/** A picture over the page. Escape, the button and a click beside it close it. */
export function showImage(source, name) {
  const dialog = h("dialog", { class: "image-dialog", "aria-label": name },
    iconButton("x", text.close, () => dialog.close(), { class: "icon-button image-close" }),
    h("img", { src: source, alt: name }),
    h("p", { dir: "auto" }, name));
  dialog.addEventListener("click", ({ target }) => {
    if (target === dialog) dialog.close();
  });
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}
