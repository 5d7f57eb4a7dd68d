import { readEvents } from "./event-stream.js";
import { Failure } from "./failure.js";

const threadsPerPage = 30;
const itemsPerPage = 50;

/** The ChatKit protocol: one URL, typed requests; some answer with JSON, those that start an answer with a stream of events. */
export class ChatKitClient {
  #url;

  constructor(url) {
    this.#url = url;
  }

  listThreads = (after) => this.#call("threads.list", { limit: threadsPerPage, order: "desc", after });

  getThread = (id) => this.#call("threads.get_by_id", { thread_id: id });

  listItems = (id, after) => this.#call("items.list", { thread_id: id, limit: itemsPerPage, order: "desc", after });

  renameThread = (id, title) => this.#call("threads.update", { thread_id: id, title });

  deleteThread = (id) => this.#call("threads.delete", { thread_id: id });

  createThread = (input, signal) => this.#stream("threads.create", { input }, signal);

  addMessage = (id, input, signal) => this.#stream("threads.add_user_message", { thread_id: id, input }, signal);

  answerAgain = (id, itemId, signal) => this.#stream("threads.retry_after_item", { thread_id: id, item_id: itemId }, signal);

  async #call(type, params) {
    const response = await this.#post(type, params);
    try {
      return await response.json();
    } catch {
      throw Failure.unreadable();
    }
  }

  async *#stream(type, params, signal) {
    const response = await this.#post(type, params, signal);
    try {
      yield* readEvents(response.body);
    } catch (error) {
      if (signal.aborted) throw error;
      throw error instanceof SyntaxError ? Failure.unreadable() : Failure.cut();
    }
  }

  async #post(type, params, signal) {
    const response = await this.#fetch(JSON.stringify({ type, params }), signal);
    if (!response.ok) throw await Failure.fromResponse(response);
    return response;
  }

  async #fetch(body, signal) {
    try {
      return await fetch(this.#url, { method: "POST", headers: { "Content-Type": "application/json" }, body, signal });
    } catch (error) {
      if (signal?.aborted) throw error;
      throw Failure.network();
    }
  }
}
