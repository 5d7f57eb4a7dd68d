import { text } from "../text.js";
import { announce, announceAnswer } from "./announcer.js";
import { copyWith } from "./clipboard.js";
import { arrange, byId, h } from "./dom.js";
import { emptyState } from "./empty-state.js";
import { again, failureRow } from "./failure-row.js";
import { itemViews } from "./item-views.js";

/** Draws one conversation at a time: its items, what the turn is doing, and its failure. */
export class ConversationView {
  #column = byId("conversation");
  #follow;
  #choose;
  #takeBack;
  #views = new Map();
  #extras = new Map();
  #listening = new AbortController();
  #conversation;

  /** `choose(prompt)`: an example was picked. `takeBack(words)`: a message goes back to the composer. */
  constructor({ follow, choose, takeBack }) {
    this.#follow = follow;
    this.#choose = choose;
    this.#takeBack = takeBack;
    this.#column.addEventListener("click", ({ target }) => {
      const button = target.closest("[data-copy=code]");
      if (button) copyWith(button, button.closest("figure").querySelector("code").textContent);
    });
  }

  show(conversation) {
    this.#listening.abort();
    this.#listening = new AbortController();
    this.#conversation = conversation;
    const on = (type, handler) => conversation.addEventListener(type, handler, { signal: this.#listening.signal });
    on("reset", () => this.#reset());
    on("item", ({ detail }) => this.#itemChanged(detail));
    on("removed", ({ detail }) => {
      this.#views.delete(detail.id);
      this.#arrange();
    });
    on("older", () => this.#follow.holding(() => this.#arrange()));
    on("failure", () => this.#arrange());
    on("turn", ({ detail }) => this.#turnChanged(detail ?? {}));
    this.#reset();
  }

  /** While a thread loads, and when it cannot be loaded. */
  showLoading() {
    this.#listening.abort();
    this.#column.replaceChildren(h("p", { class: "loading" }, text.loadingConversation));
  }

  showFailure(message, ways) {
    this.#listening.abort();
    this.#column.replaceChildren(failureRow(message, ways));
  }

  #reset() {
    this.#views.clear();
    this.#extras.clear();
    this.#arrange();
    if (this.#conversation.items.length > 0) this.#follow.toEnd();
    else this.#follow.toStart();
  }

  #itemChanged({ item, previousId }) {
    const view = this.#views.get(previousId);
    if (view && previousId !== item.id) {
      this.#views.delete(previousId);
      this.#views.set(item.id, view);
    }

    if (view) view.update(item, this.#conversation.isLive(item.id));
    else this.#arrange();
    if (item.pending) this.#follow.toEnd();
  }

  #turnChanged({ began, ended }) {
    this.#arrange();
    if (began) announce(text.answering);
    if (!ended) return;
    const conversation = this.#conversation;
    const last = conversation.items.at(-1);
    if (ended.stopped && last.pending) this.#takeBack(conversation.takeBack());
    else if (ended.stopped) announce(text.stoppedAnnounced);
    else if (!conversation.failure && last?.type === "assistant_message") announceAnswer(this.#views.get(last.id).spoken());
  }

  #arrange() {
    const { items, thread, turn, failure, hasOlder } = this.#conversation;
    const rows = items.map((item) => this.#viewOf(item));
    if (items.length === 0 && !thread) rows.push(this.#extra("empty", true, () => emptyState(this.#choose)));
    if (hasOlder) rows.unshift(this.#extra("older", true, () => olderButton(() => this.#conversation.loadOlder())));
    if (turn && isWaiting(turn, items)) rows.push(this.#extra("working", turn.progress, () => workingRow(turn.progress)));
    if (failure) rows.push(this.#extra("failure", failure, () => this.#failureRow(failure)));
    const hadFocus = this.#column.contains(document.activeElement);
    arrange(this.#column, rows.filter((row) => row !== null));
    // What had the focus may be gone (a button that did its work): a keyboard goes on from the messages, not from the top of the page.
    if (hadFocus && !this.#column.contains(document.activeElement)) byId("scroller").focus({ preventScroll: true });
  }

  #viewOf(item) {
    const create = itemViews[item.type];
    if (!create) return null;
    if (!this.#views.has(item.id)) {
      const view = create();
      this.#views.set(item.id, view);
      view.update(item, this.#conversation.isLive(item.id));
    }

    return this.#views.get(item.id).element;
  }

  /** A row beside the items, built anew only when its subject changes: an alert that is put in again would be read out again. */
  #extra(name, subject, build) {
    const known = this.#extras.get(name);
    if (known?.subject === subject) return known.row;
    const row = build();
    this.#extras.set(name, { subject, row });
    return row;
  }

  #failureRow(failure) {
    const conversation = this.#conversation;
    const ways = failure.retryable ? [again(() => conversation.retry())] : [];
    if (conversation.items.some((item) => item.pending)) {
      ways.push({ label: text.editMessage, action: () => this.#takeBack(conversation.takeBack()) });
    }

    return failureRow(failure.message, ways);
  }
}

/** Nothing is being written: either the answer has not begun, or the server says what it does in between. */
const isWaiting = (turn, items) => turn.live.size === 0 && (turn.progress !== null || items.at(-1)?.type === "user_message");

const olderButton = (action) => h("button", { type: "button", class: "button older", onclick: action }, text.olderMessages);

const workingRow = (progress) => h("p", { class: "working" },
  h("span", { class: "dots", "aria-hidden": "true" }),
  h("span", progress ? {} : { class: "visually-hidden" }, progress ?? text.answering));
