import { textOf, userInput } from "../protocol/items.js";
import { applyEvent } from "./turn-events.js";

/** What can be begun in a conversation, one turn at a time. Every one of these asks for a stream, whose events change the conversation. */
export class Turns {
  #conversation;
  #client;

  constructor(conversation, client) {
    this.#conversation = conversation;
    this.#client = client;
  }

  /** `said`: {words, attachments, quoted, model, tool}, the attachments whole. */
  send(said) {
    const message = { ...userInput(said), id: `local-${crypto.randomUUID?.() ?? Math.random()}`, type: "user_message", pending: true };
    this.#conversation.putItem(message);
    return this.#submit(message);
  }

  /** Puts other words in the place of a message that was sent; what came after it is forgotten. */
  edit(message, words) {
    const changed = { ...message, content: [{ type: "input_text", text: words }] };
    this.#conversation.putItem(changed);
    this.#conversation.dropAfter(changed);
    return this.#run((signal) => this.#client.editMessage(this.#thread, message.id, inputOf(changed), signal));
  }

  /** Asks for a new answer to a message; the old one and what came after it are forgotten. */
  answerAgain(message) {
    this.#conversation.dropAfter(message);
    return this.#run((signal) => this.#client.answerAgain(this.#thread, message.id, signal));
  }

  act(item, action) {
    return this.#run((signal) => this.#client.act(this.#thread, item.id, action, signal));
  }

  addToolOutput(item, result) {
    this.#conversation.putItem({ ...item, status: "completed", output: result });
    return this.#run((signal) => this.#client.addToolOutput(this.#thread, result, signal));
  }

  answerForm(item, input) {
    return this.#run((signal) => this.#client.answerForm(this.#thread, item.id, input, signal));
  }

  /** After a failure: sends again what the server never took; else asks for a new answer to the last message. */
  retry() {
    const { items, failure } = this.#conversation;
    const message = items.findLast((item) => item.type === "user_message");
    if (message?.pending) {
      delete message.unsent;
      return this.#submit(message);
    }

    return failure?.again ? this.#run(failure.again) : this.answerAgain(message);
  }

  /** Takes back a message that the server never took; returns it. */
  takeBack() {
    const message = this.#conversation.items.findLast((item) => item.pending);
    this.#conversation.removeItem(message.id);
    this.#conversation.fail(null);
    return { words: textOf(message), attachments: message.attachments };
  }

  /** Joins a turn that runs already: begun in another tab, or in this one before it was loaded again. */
  async join() {
    const events = await this.#client.findRunning(this.#thread).catch(() => null);
    if (events && !this.#conversation.turn) await this.#run(events);
  }

  /** Closing the stream is the protocol's way to cancel: the server keeps what was written so far. */
  stop() {
    this.#conversation.turn?.controller.abort();
  }

  get #thread() {
    return this.#conversation.thread.id;
  }

  #submit(message) {
    const input = inputOf(message);
    return this.#run((signal) => this.#conversation.thread
      ? this.#client.addMessage(this.#thread, input, signal)
      : this.#client.createThread(input, signal), message);
  }

  /** `message`: the local copy of what is being sent; the server's own takes its place once it has taken it. */
  async #run(open, message = null) {
    const conversation = this.#conversation;
    const turn = { controller: new AbortController(), cancellable: true, progress: null, live: new Set(), message, stopped: false, calls: [] };
    conversation.turn = turn;
    conversation.fail(null);
    conversation.tell("turn", { began: turn });
    let taken = false;
    try {
      for await (const event of open(turn.controller.signal)) {
        taken = true;
        applyEvent(conversation, event);
      }
    } catch (error) {
      if (turn.controller.signal.aborted) turn.stopped = true;
      else conversation.fail(taken ? error : Object.assign(error, { again: open }));
    }

    this.#end(turn);
  }

  #end(turn) {
    const conversation = this.#conversation;
    conversation.turn = null;
    for (const item of [...conversation.items]) {
      if (item === turn.message) item.unsent = true;
      if (turn.stopped && turn.live.has(item.id) && !isKept(item)) conversation.removeItem(item.id);
      else if (item === turn.message || turn.live.has(item.id)) conversation.tell("item", { item, previousId: item.id });
    }

    conversation.tell("turn", { ended: turn });
    for (const item of turn.calls) conversation.tell("call", { item });
  }
}

/** Of what was being written when a person stopped, the server keeps the words and nothing else. */
const isKept = (item) => item.type === "assistant_message" && textOf(item).trim() !== "";

/** A message as it is sent: its attachments by id. */
const inputOf = ({ content, attachments = [], quoted_text: quoted, inference_options: options }) => ({
  content,
  attachments: attachments.map(({ id }) => id),
  ...quoted ? { quoted_text: quoted } : {},
  inference_options: options,
});
