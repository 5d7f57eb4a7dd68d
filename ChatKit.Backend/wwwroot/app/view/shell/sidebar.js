import { text } from "../../text.js";
import { announce } from "../announcer.js";
import { ask } from "../dialog.js";
import { arrange, byId, h } from "../dom.js";
import { again, failureRow } from "../failure-row.js";
import { notify } from "../notices.js";
import { searchResults } from "./search-results.js";
import { groupByAge } from "./thread-groups.js";
import { threadRow, titleOf } from "./thread-row.js";

/** The list of conversations, or those that a search found. `isRunning(id)`: an answer is being written there; `rename(id, title)` and `remove(id)` may fail. */
export class Sidebar {
  #root = byId("threads");
  #list;
  #search;
  #isRunning;
  #renameThread;
  #removeThread;
  #rows = new Map();
  #groups = new Map();
  #more = h("button", { type: "button", class: "more-threads", onclick: () => this.#loadMore() });
  #current = null;

  constructor(list, search, { isRunning, rename, remove }) {
    this.#list = list;
    this.#search = search;
    this.#isRunning = isRunning;
    this.#renameThread = rename;
    this.#removeThread = remove;
    list.addEventListener("change", () => this.draw());
    search.addEventListener("change", () => this.#found());
    byId("search").addEventListener("input", ({ target }) => search.ask(target.value));
    byId("search").addEventListener("keydown", (event) => this.#leaveSearch(event));
  }

  show(currentId) {
    this.#current = currentId;
    this.draw();
  }

  draw() {
    if (this.#search.isActive) return arrange(this.#root, searchResults(this.#search, this.#current));
    const { threads, failure, loading, hasMore } = this.#list;
    const parts = groupByAge(threads).map(({ heading, threads: members }) => this.#group(heading, members));
    if (threads.length === 0 && !hasMore) parts.push(h("p", { class: "threads-note" }, text.noThreads));
    if (failure) parts.push(failureRow(text.failures.threads, [again(() => this.#list.loadMore())]));
    else if (hasMore) parts.push(this.#more);
    this.#more.textContent = loading ? text.loading : text.moreThreads;
    arrange(this.#root, parts);
  }

  async askForTitle(thread, button) {
    const field = h("input", { class: "field", dir: "auto", "aria-label": text.renameLabel, value: titleOf(thread), maxlength: "200" });
    const title = await ask({ heading: text.renameHeading, body: field, cancel: text.cancel, agree: text.rename, accept: () => field.value.trim() });
    if (title && title !== thread.title) await this.#rename(thread, title);
    button.focus();
  }

  async remove(thread, button) {
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

  #found() {
    const { results } = this.#search;
    this.draw();
    if (results && this.#search.isActive) announce(text.found(results.length));
  }

  /** Escape empties the field; the arrow down goes to what was found. */
  #leaveSearch(event) {
    if (event.key === "Escape" && event.target.value !== "") {
      event.preventDefault();
      event.target.value = "";
      this.#search.ask("");
    } else if (event.key === "ArrowDown" || event.key === "Enter") {
      const first = this.#root.querySelector("a");
      if (first) event.preventDefault();
      first?.focus();
    }
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
      remove: (doomed, button) => this.remove(doomed, button),
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
}
