import { text } from "../../text.js";
import { notify } from "../notices.js";
import { byId } from "../dom.js";
import { attachmentsTray } from "./attachments-tray.js";

/** The message box. What is typed but not sent is kept for each conversation while the page is open. */
export class Composer {
  #form = byId("composer");
  #prompt = byId("prompt");
  #send = byId("send");
  #stop = byId("stop");
  #quote = byId("quote");
  #uploads;
  #drafts = new Map();
  #key = null;
  #busy = false;
  #locked = false;

  /** `send({words, attachments, quoted})`; `editLast()` on the arrow up in an empty box. */
  constructor(uploads, { send, stop, editLast }) {
    this.#uploads = uploads;
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#submit(send);
    });
    this.#prompt.addEventListener("keydown", (event) => {
      // While an input method composes a word, Enter chooses a candidate.
      if (event.isComposing) return;
      if (event.key === "Enter" && !event.shiftKey) {
        event.preventDefault();
        this.#form.requestSubmit();
      } else if (event.key === "ArrowUp" && this.#prompt.value === "" && editLast()) {
        event.preventDefault();
      }
    });
    this.#prompt.addEventListener("input", () => this.#changed());
    this.#stop.addEventListener("click", stop);
    byId("quote-drop").addEventListener("click", () => {
      this.quote(null);
      this.focus();
    });
    attachmentsTray(uploads, () => this.#changed());
    this.#changed();
  }

  /** Goes to the draft of another conversation. */
  open(key) {
    this.#drafts.set(this.#key, this.#prompt.value);
    this.#key = key;
    this.write(this.#drafts.get(key) ?? "");
    this.quote(null);
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

  /** Words of the conversation that the next message is about. */
  quote(words) {
    this.#quote.hidden = !words;
    byId("quote-words").textContent = words ?? "";
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
    byId("attach").disabled = this.#locked;
    this.#stop.hidden = !stoppable;
    this.#send.hidden = stoppable;
    if (hadFocus && this.#stop.hidden) this.focus();
    this.#changed();
  }

  #submit(send) {
    const words = this.#prompt.value.trim();
    const { attachments, isBusy } = this.#uploads;
    if (isBusy) return notify(text.failures.stillUploading, "info");
    if ((words === "" && attachments.length === 0) || this.#busy || this.#locked) return;
    const quoted = this.#quote.hidden ? null : byId("quote-words").textContent;
    this.write("");
    this.quote(null);
    this.#uploads.clear();
    if (document.activeElement === this.#send) this.focus();
    send({ words, attachments, quoted });
  }

  #changed() {
    const blank = this.#prompt.value.trim() === "" && this.#uploads.attachments.length === 0;
    this.#send.disabled = this.#locked || this.#busy || blank || this.#uploads.isBusy;
    if (CSS.supports("field-sizing", "content")) return;
    this.#prompt.style.height = "auto";
    this.#prompt.style.height = `${this.#prompt.scrollHeight}px`;
  }
}
