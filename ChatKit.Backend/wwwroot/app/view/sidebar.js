import { text } from "../text.js";
import { announce } from "./announcer.js";
import { ask } from "./dialog.js";
import { arrange, byId, h } from "./dom.js";
import { again, failureRow } from "./failure-row.js";
import { notify } from "./notices.js";
import { groupByAge } from "./thread-groups.js";
import { threadRow, titleOf } from "./thread-row.js";

/** The list of conversations. `isRunning(id)`: an answer is being written there; `rename(id, title)` and `remove(id)` may fail. */
export class Sidebar {
  #root = byId("threads");
  #list;
  #isRunning;
  #renameThread;
  #removeThread;
  #rows = new Map();
  #groups = new Map();
  #more = h("button", { type: "button", class: "more-threads", onclick: () => this.#loadMore() });
  #current = null;

  constructor(list, { isRunning, rename, remove }) {
    this.#list = list;
    this.#isRunning = isRunning;
    this.#renameThread = rename;
    this.#removeThread = remove;
    list.addEventListener("change", () => this.draw());
  }

  show(currentId) {
    this.#current = currentId;
    this.draw();
  }

  draw() {
    const { threads, failure, loading, hasMore } = this.#list;
    const parts = groupByAge(threads).map(({ heading, threads: members }) => this.#group(heading, members));
    if (threads.length === 0 && !hasMore) parts.push(h("p", { class: "threads-note" }, text.noThreads));
    if (failure) parts.push(failureRow(text.failures.threads, [again(() => this.#list.loadMore())]));
    else if (hasMore) parts.push(this.#more);
    this.#more.textContent = loading ? text.loading : text.moreThreads;
    arrange(this.#root, parts);
  }

  /** The focus moves on to the first conversation that is new in the list. */
  async #loadMore() {
    const last = this.#list.threads.at(-1);
    await this.#list.loadMore();
    const next = this.#list.threads[this.#list.threads.indexOf(last) + 1];
    if (next) this.#rows.get(next.id).focus();
  }

  #group(heading, threads) {
    if (!this.#groups.has(heading)) {
      const list = h("ul", {});
      this.#groups.set(heading, { list, section: h("section", {}, h("h2", {}, heading), list) });
    }

    const { list, section } = this.#groups.get(heading);
    arrange(list, threads.map((thread) => this.#row(thread)));
    return section;
  }

  #row(thread) {
    const row = this.#rows.get(thread.id) ?? threadRow({
      rename: (renamed, title) => this.#rename(renamed, title),
      remove: (doomed, button) => this.#remove(doomed, button),
    });
    this.#rows.set(thread.id, row);
    row.update(thread, { current: thread.id === this.#current, running: this.#isRunning(thread.id) });
    return row.element;
  }

  async #rename(thread, title) {
    try {
      await this.#renameThread(thread.id, title);
      announce(text.renamed(title));
    } catch (failure) {
      notify(text.failures.rename(failure.message));
    }
  }

  #confirmed = (title) => ask({
    role: "alertdialog",
    heading: text.deleteHeading,
    body: h("p", {}, text.deleteBody(title)),
    cancel: text.cancel,
    agree: text.delete,
    danger: true,
  });

  async #remove(thread, button) {
    const title = titleOf(thread);
    if (!await this.#confirmed(title)) return;
    try {
      byId("new-chat").focus();
      await this.#removeThread(thread.id);
      this.#rows.delete(thread.id);
      announce(text.deleted(title));
    } catch (failure) {
      notify(text.failures.delete(failure.message));
      button.focus();
    }
  }
}
