import { host } from "./host.js";
import { text } from "./text.js";
import { announce } from "./view/announcer.js";
import { ask } from "./view/dialog.js";
import { h } from "./view/dom.js";
import { notify } from "./view/notices.js";

/** What a person can do from within the items of the conversation that is shown. */
export class Deeds {
  #page;
  #feedback = new Map();

  /** `page`: {client, shown (the conversation), composer, view}. */
  constructor(page) {
    this.#page = page;
  }

  canEdit = () => this.#conversation.isOpen;

  canAnswer = () => this.#conversation.isOpen;

  feedbackOf = (item) => this.#feedback.get(item.id) ?? null;

  /** One turn at a time. Says so, and true, where another one runs. */
  refuseWhileBusy = () => {
    if (this.#conversation.turn === null) return false;
    notify(text.failures.answering, "info");
    return true;
  };

  /** Puts words into the message box, for the person to send or not. */
  write = (words) => {
    this.#page.composer.write(words);
    this.#page.composer.focus();
  };

  takeBack = () => {
    const { words, attachments } = this.#conversation.turns.takeBack();
    this.#page.uploads.restore(attachments ?? []);
    this.write(words);
  };

  edit = async (message, words) => {
    if (this.refuseWhileBusy() || !await this.#mayForget(message, 1)) return;
    this.#conversation.turns.edit(message, words);
  };

  answerAgain = async (answer) => {
    const question = this.#conversation.questionBefore(answer);
    if (!question || this.refuseWhileBusy() || !await this.#mayForget(answer, 0)) return;
    this.#conversation.turns.answerAgain(question);
  };

  giveFeedback = async (item, kind) => {
    const before = this.feedbackOf(item);
    this.#show(item, kind);
    try {
      await this.#page.client.giveFeedback(this.#conversation.thread.id, item.id, kind);
      announce(text.thanks);
    } catch (failure) {
      this.#show(item, before);
      notify(text.failures.feedback(failure.message));
    }
  };

  answerForm = (item, input) => this.#conversation.turns.answerForm(item, input);

  addToolOutput = (item, result) => this.#conversation.turns.addToolOutput(item, result);

  /** Runs a tool of the page. What it throws is its result: the assistant can do something about it, the person cannot. */
  runTool = async (item) => {
    const conversation = this.#conversation;
    const result = await runSafely(host.tools[item.name], item.arguments);
    conversation.turns.addToolOutput(item, result);
  };

  /** At the end of a turn that called a tool of the page: what the page has runs, what it has not waits for the person. */
  toolCalled = (conversation, item) => {
    if (conversation === this.#conversation && Object.hasOwn(host.tools, item.name)) this.runTool(item);
  };

  effect = ({ name, data }) => {
    if (Object.hasOwn(host.effects, name)) host.effects[name](data, this);
  };

  act = async (item, { atOnce, ...action }) => {
    const conversation = this.#conversation;
    if (!atOnce) return conversation.turns.act(item, action);
    try {
      const { updated_item: updated } = await this.#page.client.actAtOnce(conversation.thread.id, item.id, action);
      if (updated) conversation.putItem(updated);
    } catch (failure) {
      notify(failure.message);
    }
  };

  get #conversation() {
    return this.#page.shown;
  }

  /** What would be forgotten beside the answer itself is worth a question. */
  async #mayForget(item, answers) {
    const { items } = this.#conversation;
    const later = items.slice(items.indexOf(item) + 1).filter(({ type }) => type === "user_message" || type === "assistant_message").length - answers;
    return later <= 0 || await ask({
      role: "alertdialog", heading: text.forgetHeading, body: h("p", {}, text.forgetBody(later)), cancel: text.cancel, agree: text.forget, danger: true,
    }) !== null;
  }

  #show(item, kind) {
    if (kind) this.#feedback.set(item.id, kind);
    else this.#feedback.delete(item.id);
    this.#page.view.redraw(item);
  }
}

async function runSafely(tool, given) {
  try {
    return await tool(given ?? {}) ?? null;
  } catch (error) {
    return { error: String(error?.message ?? error) };
  }
}
