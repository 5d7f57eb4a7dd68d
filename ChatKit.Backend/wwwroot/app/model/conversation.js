import { textOf, userInput } from "../protocol/items.js";
import { Failure } from "../protocol/failure.js";
import { text } from "../text.js";
import { applyEvent } from "./turn-events.js";

/**
 * One thread as the page knows it: its items in order, the turn that runs, the failure that waits for a decision.
 * It outlives its view, so that an answer goes on while another conversation is read. What changes is told by events:
 * `reset` (draw everything), `item` {item, previousId}, `removed` {id}, `older` {items}, `turn`, `thread`, `failure`, `notice` {notice}.
 */
export class Conversation extends EventTarget {
  #client;
  #olderThan = null;

  thread = null;
  items = [];
  turn = null;
  failure = null;

  constructor(client) {
    super();
    this.#client = client;
  }

  get hasOlder() {
    return this.#olderThan !== null;
  }

  /** The model that the conversation last used, so that it goes on with it. */
  get model() {
    return this.items.findLast((item) => item.type === "user_message")?.inference_options?.model ?? null;
  }

  /** How it began: stands in for the title until it has one. */
  get firstWords() {
    const first = this.items[0];
    return first?.type === "user_message" && !this.hasOlder ? textOf(first).slice(0, 80) : null;
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
    const page = await this.#client.listItems(this.thread.id, this.#olderThan);
    const items = page.data.reverse();
    this.items.unshift(...items);
    this.#olderThan = page.has_more ? page.after : null;
    this.tell("older", { items });
  }

  send(words, model) {
    const message = { id: `local-${crypto.randomUUID?.() ?? Math.random()}`, type: "user_message", pending: true, ...userInput(words, model) };
    this.putItem(message);
    return this.#submit(message);
  }

  /** After a failure: sends the message again when the server never took it, else asks for a new answer to it. */
  retry() {
    const message = this.items.findLast((item) => item.type === "user_message");
    delete message.unsent;
    if (message.pending) return this.#submit(message);
    this.#dropAfter(message);
    return this.#run((signal) => this.#client.answerAgain(this.thread.id, message.id, signal));
  }

  /** Takes back a message that the server never took; returns its words. */
  takeBack() {
    const message = this.items.findLast((item) => item.pending);
    this.removeItem(message.id);
    this.fail(null);
    return textOf(message);
  }

  /** Closing the stream is the protocol's way to cancel: the server keeps what was written so far. */
  stop() {
    this.turn?.controller.abort();
  }

  #submit(message) {
    const { content, attachments, inference_options } = message;
    const input = { content, attachments, inference_options };
    return this.#run((signal) => this.thread
      ? this.#client.addMessage(this.thread.id, input, signal)
      : this.#client.createThread(input, signal), message);
  }

  /** `message`: the local copy of what is being sent; the server's own takes its place once it has taken it. */
  async #run(open, message = null) {
    const turn = { controller: new AbortController(), cancellable: true, progress: null, live: new Set(), message, stopped: false };
    this.turn = turn;
    this.fail(null);
    this.tell("turn", { began: turn });
    try {
      for await (const event of open(turn.controller.signal)) applyEvent(this, event);
    } catch (error) {
      if (turn.controller.signal.aborted) turn.stopped = true;
      else this.fail(error);
    }

    this.turn = null;
    for (const item of this.items) {
      if (item === message) item.unsent = true;
      if (item === message || turn.live.has(item.id)) this.tell("item", { item, previousId: item.id });
    }

    this.tell("turn", { ended: turn });
  }

  async #loadNewest(threadId) {
    const page = await this.#client.listItems(threadId);
    this.items = page.data.reverse();
    this.#olderThan = page.has_more ? page.after : null;
  }

  // What follows is for the events of a turn (turn-events.js).

  isLive(id) {
    return this.turn?.live.has(id) ?? false;
  }

  /** Adds the item, or replaces the one with its id, or the local copy of the message that the server has now taken. */
  putItem(item) {
    const local = item.type === "user_message" ? this.turn?.message : null;
    const index = this.items.findIndex((other) => other.id === item.id || other === local);
    const previousId = this.items[index]?.id;
    if (index < 0) this.items.push(item);
    else this.items[index] = item;
    this.tell("item", { item, previousId });
  }

  removeItem(id) {
    this.items = this.items.filter((item) => item.id !== id);
    this.tell("removed", { id });
  }

  fail(failure) {
    this.failure = failure;
    this.tell("failure");
  }

  tell(type, detail = null) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }

  #dropAfter(message) {
    const index = this.items.indexOf(message);
    for (const item of this.items.slice(index + 1)) this.removeItem(item.id);
  }
}
