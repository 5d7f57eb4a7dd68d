import { formatBytes } from "../format.js";
import { upload } from "../protocol/upload.js";
import { text } from "../text.js";

/**
 * The files that go with the next message: each being sent (with its progress), sent, or failed. Tells `change` after each change.
 * An entry: {id, name, type, size, url (a picture of it, or null), progress 0…1, attachment (once sent), error (why not)}.
 */
export class Uploads extends EventTarget {
  #client;
  #settings;
  #next = 0;

  entries = [];

  constructor(client, settings) {
    super();
    this.#client = client;
    this.#settings = settings;
  }

  get isBusy() {
    return this.entries.some((entry) => !entry.attachment && !entry.error);
  }

  get attachments() {
    return this.entries.flatMap(({ attachment }) => attachment ?? []);
  }

  get accept() {
    return this.#settings().accept;
  }

  add(files) {
    for (const file of files) this.#begin(file);
  }

  /** Attachments that the server has already, such as those of a message that is taken back. */
  restore(attachments) {
    for (const attachment of attachments) {
      const { name, mime_type: type, preview_url: url = null } = attachment;
      this.entries.push({ id: this.#next++, name, type, size: null, url, progress: 1, attachment, error: null });
    }

    this.#tell();
  }

  remove(id) {
    const entry = this.entries.find((other) => other.id === id);
    entry.controller?.abort();
    if (entry.attachment) this.#client.deleteFile(entry.attachment.id).catch(() => {});
    this.entries = this.entries.filter((other) => other !== entry);
    this.#release(entry);
    this.#tell();
  }

  /** They went with a message. */
  clear() {
    this.entries.forEach((entry) => this.#release(entry));
    this.entries = [];
    this.#tell();
  }

  retry(id) {
    const entry = this.entries.find((other) => other.id === id);
    this.#send(entry);
  }

  #begin(file) {
    const { max_bytes: most, max_count: count } = this.#settings();
    const entry = {
      id: this.#next++, file, name: file.name || text.pastedFile, type: file.type, size: file.size, progress: 0, attachment: null, error: null, final: false,
      url: file.type.startsWith("image/") ? URL.createObjectURL(file) : null,
    };
    this.entries.push(entry);
    if (this.entries.length > count) this.#refuse(entry, text.failures.tooManyFiles(count));
    else if (file.size > most) this.#refuse(entry, text.failures.fileTooLarge(formatBytes(most)));
    else this.#send(entry);
  }

  #refuse(entry, error) {
    Object.assign(entry, { error, final: true });
    this.#tell();
  }

  async #send(entry) {
    const controller = new AbortController();
    Object.assign(entry, { controller, progress: 0, error: null });
    this.#tell();
    const progress = (part) => {
      entry.progress = part;
      this.#tell();
    };
    try {
      const file = entry.file.name ? entry.file : new File([entry.file], entry.name, { type: entry.type });
      entry.attachment = await upload(file, { client: this.#client, settings: this.#settings(), progress, signal: controller.signal });
    } catch (failure) {
      if (controller.signal.aborted) return;
      Object.assign(entry, { error: failure.message, final: failure.retryable === false });
    }

    this.#tell();
  }

  #release(entry) {
    if (entry.file && entry.url) URL.revokeObjectURL(entry.url);
  }

  #tell() {
    this.dispatchEvent(new Event("change"));
  }
}
