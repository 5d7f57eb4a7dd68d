import { text } from "../text.js";
import { byId } from "./dom.js";

/** The message box. What is typed but not sent is kept for each conversation while the page is open. */
export class Composer {
  #form = byId("composer");
  #prompt = byId("prompt");
  #send = byId("send");
  #stop = byId("stop");
  #drafts = new Map();
  #key = null;
  #busy = false;
  #locked = false;

  constructor({ send, stop }) {
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      const words = this.#prompt.value.trim();
      if (words === "" || this.#busy || this.#locked) return;
      this.write("");
      if (document.activeElement === this.#send) this.focus();
      send(words);
    });
    this.#prompt.addEventListener("keydown", (event) => {
      // While an input method composes a word, Enter chooses a candidate.
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      this.#form.requestSubmit();
    });
    this.#prompt.addEventListener("input", () => this.#changed());
    this.#stop.addEventListener("click", stop);
    this.#changed();
  }

  /** Goes to the draft of another conversation. */
  open(key) {
    this.#drafts.set(this.#key, this.#prompt.value);
    this.#key = key;
    this.write(this.#drafts.get(key) ?? "");
  }

  /** The conversation under the same draft got its id. */
  rename(key) {
    this.#drafts.delete(this.#key);
    this.#key = key;
  }

  write(words) {
    this.#prompt.value = words;
    this.#changed();
  }

  focus() {
    this.#prompt.focus({ preventScroll: true });
  }

  /** `busy`: nothing can be sent now. `stoppable`: an answer can be stopped. `closed`: why nothing can be said here any more. */
  show({ busy, stoppable, closed }) {
    const hadFocus = document.activeElement === this.#stop;
    this.#busy = busy;
    this.#locked = closed !== null;
    this.#prompt.disabled = this.#locked;
    this.#prompt.placeholder = closed ?? text.promptPlaceholder;
    this.#stop.hidden = !stoppable;
    this.#send.hidden = stoppable;
    if (hadFocus && this.#stop.hidden) this.focus();
    this.#changed();
  }

  #changed() {
    this.#send.disabled = this.#locked || this.#busy || this.#prompt.value.trim() === "";
    if (CSS.supports("field-sizing", "content")) return;
    this.#prompt.style.height = "auto";
    this.#prompt.style.height = `${this.#prompt.scrollHeight}px`;
  }
}
