import { text } from "../text.js";
import { announce } from "./announcer.js";
import { icon } from "./icon.js";

/** Copies, and lets the button say for a moment that it did. */
export async function copyWith(button, words) {
  const copied = await copy(words);
  announce(copied ? text.copied : text.copyFailed);
  if (!copied || button.dataset.done !== undefined) return;
  const before = [...button.childNodes];
  button.dataset.done = "";
  button.replaceChildren(icon("check"), Object.assign(document.createElement("span"), { textContent: text.copied }));
  setTimeout(() => {
    delete button.dataset.done;
    button.replaceChildren(...before);
  }, 1600);
}

async function copy(words) {
  try {
    await navigator.clipboard.writeText(words);
    return true;
  } catch {
    return copyBySelection(words);
  }
}

/** The clipboard API exists on https and localhost only; a page on a home server's plain http address has just this. */
function copyBySelection(words) {
  const field = document.createElement("textarea");
  field.value = words;
  field.className = "visually-hidden";
  const focused = document.activeElement;
  document.body.append(field);
  field.select();
  const copied = document.execCommand("copy");
  field.remove();
  focused?.focus();
  return copied;
}
