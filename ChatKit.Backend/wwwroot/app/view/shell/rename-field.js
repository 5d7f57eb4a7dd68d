import { text } from "../../text.js";
import { h } from "../dom.js";

/** A field in place of the row's content. Enter and leaving the field keep the new title, Escape does not; blank means no change. */
export function renameField(row, title, rename, finished) {
  const field = h("input", { class: "rename", dir: "auto", "aria-label": text.renameLabel, value: title, maxlength: 200 });
  const before = [...row.childNodes];
  let open = true;
  const close = (keep, refocus) => {
    if (!open) return;
    open = false;
    row.replaceChildren(...before);
    if (refocus) finished();
    const words = field.value.trim();
    if (keep && words !== "" && words !== title) rename(words);
  };

  field.addEventListener("keydown", (event) => {
    if (event.isComposing || (event.key !== "Enter" && event.key !== "Escape")) return;
    event.preventDefault();
    event.stopPropagation();
    close(event.key === "Enter", true);
  });
  field.addEventListener("blur", () => close(true, false));
  row.replaceChildren(field);
  field.select();
  field.focus();
}
