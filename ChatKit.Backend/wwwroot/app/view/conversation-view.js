import { text } from "../text.js";
import { announce, announceAnswer } from "./announcer.js";
import { copyWith } from "./clipboard.js";
import { arrange, byId, h } from "./dom.js";
import { emptyState } from "./empty-state.js";
import { again, failureRow } from "./failure-row.js";
import { icon } from "./icon.js";
import { isShown, itemRow } from "./items/item-views.js";
import { olderRow } from "./older-row.js";
import { goToSource } from "./sources.js";
import { widgetIcons } from "./widget/icons.js";

/** Draws one conversation at a time: its items, what the turn is doing, and its failure. */
export class ConversationView {
  #column = byId("conversation");
  #follow;
  #choose;
  #deeds;
  #rows = new Map();
  #extras = new Map();
  #listening = new AbortController();
  #conversation;

  /** `choose(prompt)`: an example was picked. `deeds`: what a person can do within an item. */
  constructor({ follow, choose, deeds }) {
    this.#follow = follow;
    this.#choose = choose;
    this.#deeds = deeds;
    this.#column.addEventListener("click", ({ target }) => {
      const button = target.closest("[data-copy=code]");
      if (button) copyWith(button, button.closest("figure").querySelector("code").textContent);
      const citation = target.closest("[data-source]");
      if (citation) goToSource(citation.dataset.source);
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
      this.#rows.delete(detail.id);
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

  /** Draws an item again whose surroundings have changed, not the item itself. */
  redraw(item) {
    this.#rows.get(item.id)?.update(item, this.#conversation.isLive(item.id));
  }

  rowOf(item) {
    return this.#rows.get(item.id)?.element ?? null;
  }

  #reset() {
    this.#rows.clear();
    this.#extras.clear();
    this.#arrange();
    if (this.#conversation.items.length > 0) this.#follow.toEnd();
    else this.#follow.toStart();
  }

  #itemChanged({ item, previousId }) {
    const row = this.#rows.get(previousId);
    if (row && previousId !== item.id) {
      this.#rows.delete(previousId);
      this.#rows.set(item.id, row);
    }

    if (row) row.update(item, this.#conversation.isLive(item.id));
    else this.#arrange();
    if (item.pending) this.#follow.toEnd();
  }

  #turnChanged({ began, ended }) {
    this.#arrange();
    this.#column.toggleAttribute("data-busy", this.#conversation.turn !== null);
    if (began) announce(text.answering);
    if (!ended) return;
    const conversation = this.#conversation;
    const last = conversation.items.at(-1);
    if (ended.stopped && last?.pending) this.#deeds.takeBack();
    else if (ended.stopped) announce(text.stoppedAnnounced);
    else if (!conversation.failure && last?.type === "assistant_message") announceAnswer(this.#rows.get(last.id).spoken());
  }

  #arrange() {
    const { items, thread, turn, failure, hasOlder } = this.#conversation;
    const nodes = items.filter(isShown).map((item) => this.#rowOf(item));
    if (items.length === 0 && !thread && !turn) nodes.push(this.#extra("empty", true, () => emptyState(this.#choose)));
    if (hasOlder) nodes.unshift(this.#extra("older", true, () => olderRow(() => this.#conversation.loadOlder())));
    if (turn && isWaiting(turn, items)) nodes.push(this.#extra("working", turn.progress, () => workingRow(turn.progress)));
    if (failure) nodes.push(this.#extra("failure", failure, () => this.#failureRow(failure)));
    const hadFocus = this.#column.contains(document.activeElement);
    arrange(this.#column, nodes);
    // What had the focus may be gone (a button that did its work): a keyboard goes on from the messages, not from the top of the page.
    if (hadFocus && !this.#column.contains(document.activeElement)) byId("scroller").focus({ preventScroll: true });
  }

  #rowOf(item) {
    if (!this.#rows.has(item.id)) {
      const row = itemRow(item, this.#deeds);
      this.#rows.set(item.id, row);
      row.update(item, this.#conversation.isLive(item.id));
    }

    return this.#rows.get(item.id).element;
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
    const ways = failure.retryable ? [again(() => conversation.turns.retry())] : [];
    if (conversation.items.some((item) => item.pending)) ways.push({ label: text.editMessage, action: () => this.#deeds.takeBack() });
    return failureRow(failure.message, ways);
  }
}

/** Nothing is being written: either the answer has not begun, or the server says what it does in between. */
const isWaiting = (turn, items) => turn.live.size === 0 && (turn.progress !== null || items.at(-1)?.type !== "assistant_message");

function workingRow(progress) {
  const known = widgetIcons(progress?.icon);
  return h("p", { class: "working" },
    known ? icon(known) : h("span", { class: "dots", "aria-hidden": "true" }),
    h("span", progress ? { dir: "auto" } : { class: "visually-hidden" }, progress?.words ?? text.answering));
}
