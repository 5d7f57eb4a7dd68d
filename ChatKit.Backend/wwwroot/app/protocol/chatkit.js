import { call, callForJson, jsonBody } from "./http.js";
import { TurnStream, follow, resumable } from "./turn-stream.js";

const threadsPerPage = 30;
const itemsPerPage = 100;

/** The ChatKit protocol: one URL, typed requests; some answer with JSON, those that start an answer with a stream of events. */
export class ChatKitClient {
  #url;

  constructor(url) {
    this.#url = url;
  }

  listThreads = (after) => this.#ask("threads.list", { limit: threadsPerPage, order: "desc", after });

  getThread = (id) => this.#ask("threads.get_by_id", { thread_id: id });

  listItems = (id, after) => this.#ask("items.list", { thread_id: id, limit: itemsPerPage, order: "desc", after });

  renameThread = (id, title) => this.#ask("threads.update", { thread_id: id, title });

  deleteThread = (id) => this.#ask("threads.delete", { thread_id: id });

  giveFeedback = (id, itemId, kind) => this.#ask("items.feedback", { thread_id: id, item_ids: [itemId], kind });

  announceFile = (file) => this.#ask("attachments.create", { name: file.name, size: file.size, mime_type: file.type });

  deleteFile = (id) => this.#ask("attachments.delete", { attachment_id: id });

  actAtOnce = (id, itemId, action) => this.#ask("threads.sync_custom_action", { thread_id: id, item_id: itemId, action });

  createThread = (input, signal) => this.#stream("threads.create", { input }, signal);

  addMessage = (id, input, signal) => this.#stream("threads.add_user_message", { thread_id: id, input }, signal);

  /** Our server's own: puts other words in the place of a message, forgets all that came after it, and answers. */
  editMessage = (id, itemId, input, signal) => this.#stream("threads.edit_user_message", { thread_id: id, item_id: itemId, input }, signal);

  answerAgain = (id, itemId, signal) => this.#stream("threads.retry_after_item", { thread_id: id, item_id: itemId }, signal);

  act = (id, itemId, action, signal) => this.#stream("threads.custom_action", { thread_id: id, item_id: itemId, action }, signal);

  addToolOutput = (id, result, signal) => this.#stream("threads.add_client_tool_output", { thread_id: id, result }, signal);

  answerForm = (id, itemId, input, signal) => this.#stream("threads.add_structured_input", { thread_id: id, item_id: itemId, input }, signal);

  #ask(type, params) {
    return callForJson(this.#url, jsonBody({ type, params }));
  }

  /** The thread's turn where one runs: a function that gives its events, as those above do; else null. */
  async findRunning(id) {
    const controller = new AbortController();
    const response = await follow(id, controller.signal);
    if (response.status === 204) return null;
    return (signal) => {
      signal.addEventListener("abort", () => controller.abort(signal.reason), { once: true });
      return new TurnStream(id, signal).read(response);
    };
  }

  /** The one place where a turn's stream is opened. */
  async *#stream(type, params, signal) {
    const { headers, ...body } = jsonBody({ type, params });
    const response = await call(this.#url, { ...body, headers: { ...headers, ...resumable }, signal });
    yield* new TurnStream(params.thread_id ?? null, signal).read(response);
  }
}
