import { Failure } from "../protocol/failure.js";
import { textOf } from "../protocol/items.js";
import { text } from "../text.js";
import { Turns } from "./turns.js";

/**
 * One thread as the page knows it: its items in order, the turn that runs, the failure that waits for a decision.
 * It outlives its view, so that an answer goes on while another conversation is read. What changes is told by events:
 * `reset` (draw everything), `item` {item, previousId}, `removed` {id}, `older` {items}, `turn`, `thread`, `failure`, `notice` {notice}, `call` {item},
 * `effect` {name, data}.
 */
export class Conversation extends EventTarget {
  #client;
  #olderThan = null;
  #loadingOlder = false;

  thread = null;
  items = [];
  turn = null;
  failure = null;

  constructor(client) {
    super();
    this.#client = client;
    this.turns = new Turns(this, client);
  }

  get hasOlder() {
    return this.#olderThan !== null;
  }

  /** What the conversation last used, so that it goes on with it: `{model?, tool_choice?}`. */
  get options() {
    return this.items.findLast((item) => item.type === "user_message")?.inference_options ?? {};
  }

  /** How it began: stands in for the title until it has one. */
  get firstWords() {
    const first = this.items[0];
    return first?.type === "user_message" && !this.hasOlder ? textOf(first).slice(0, 80) || first.attachments?.[0]?.name : null;
  }

  get isOpen() {
    return this.thread === null || this.thread.status.type === "active";
  }

  /** A short thread comes whole in one answer; of a long one the newest page is fetched, since that is where people read on. */
  async load(threadId) {
    const thread = await this.#client.getThread(threadId);
    if (thread.items.has_more) await this.#loadNewest(threadId);
    else this.items = thread.items.data;
    this.thread = thread;
    if (this.items.at(-1)?.type === "user_message") this.failure = new Failure(text.failures.unanswered);
    this.tell("reset");
  }

  async loadOlder() {
    if (this.#loadingOlder || !this.hasOlder) return;
    this.#loadingOlder = true;
    try {
      const page = await this.#client.listItems(this.thread.id, this.#olderThan);
      const items = page.data.reverse();
      this.items.unshift(...items);
      this.#olderThan = page.has_more ? page.after : null;
      this.tell("older", { items });
    } finally {
      this.#loadingOlder = false;
    }
  }

  /** Every item, also those that were never scrolled to; for an export. */
  async allItems() {
    while (this.hasOlder) await this.loadOlder();
    return this.items;
  }

  async #loadNewest(threadId) {
    const page = await this.#client.listItems(threadId);
    this.items = page.data.reverse();
    this.#olderThan = page.has_more ? page.after : null;
  }

  // What follows is for turns and their events.

  isLive(id) {
    return this.turn?.live.has(id) ?? false;
  }

  find(id) {
    return this.items.findLast((item) => item.id === id);
  }

  /** The message that an item answers. */
  questionBefore(item) {
    return this.items.slice(0, this.items.indexOf(item)).findLast((other) => other.type === "user_message");
  }

  /** Adds the item, or replaces the one with its id, or the local copy of the message that the server has now taken. */
  putItem(item) {
    const local = item.type === "user_message" ? this.turn?.message : null;
    const index = this.items.findLastIndex((other) => other.id === item.id || other === local);
    const previousId = this.items[index]?.id;
    if (index < 0) this.items.push(item);
    else this.items[index] = item;
    this.tell("item", { item, previousId });
  }

  removeItem(id) {
    this.items = this.items.filter((item) => item.id !== id);
    this.tell("removed", { id });
  }

  dropAfter(item) {
    for (const later of this.items.slice(this.items.indexOf(item) + 1)) this.removeItem(later.id);
  }

  fail(failure) {
    this.failure = failure;
    this.tell("failure");
  }

  tell(type, detail = null) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
