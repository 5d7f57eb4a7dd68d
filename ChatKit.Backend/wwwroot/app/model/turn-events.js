import { applyUpdate } from "../protocol/items.js";
import { Failure } from "../protocol/failure.js";
import { text } from "../text.js";

/** Applies one event of a turn's stream to its conversation. Unknown events are skipped: the protocol may grow. */
export function applyEvent(conversation, event) {
  handlers[event.type]?.(conversation, event);
}

const handlers = {
  "thread.created": setThread,
  "thread.updated": setThread,

  "thread.item.added": (conversation, { item }) => {
    conversation.turn.live.add(item.id);
    conversation.turn.progress = null;
    conversation.putItem(item);
    conversation.tell("turn");
  },

  "thread.item.updated": (conversation, { item_id: id, update }) => {
    const item = conversation.find(id);
    if (!item) return;
    applyUpdate(item, update);
    conversation.tell("item", { item, previousId: id });
  },

  "thread.item.done": (conversation, { item }) => {
    conversation.turn.live.delete(item.id);
    conversation.turn.progress = null;
    conversation.putItem(item);
    if (item.type === "client_tool_call" && item.status === "pending") conversation.turn.calls.push(item);
    conversation.tell("turn");
  },

  "thread.item.replaced": (conversation, { item }) => conversation.putItem(item),

  "thread.item.removed": (conversation, { item_id: id }) => {
    conversation.turn.live.delete(id);
    conversation.removeItem(id);
  },

  "stream_options": (conversation, { stream_options: options }) => {
    conversation.turn.cancellable = options.allow_cancel;
    conversation.tell("turn");
  },

  "progress_update": (conversation, { text: words, icon = null }) => {
    conversation.turn.progress = { words, icon };
    conversation.tell("turn");
  },

  "client_effect": (conversation, { name, data = {} }) => conversation.tell("effect", { name, data }),

  "notice": (conversation, notice) => conversation.tell("notice", { notice }),

  "error": (conversation, { message, allow_retry: retryable = false }) =>
    conversation.fail(new Failure(message ?? text.failures.answer, { retryable })),
};

function setThread(conversation, { thread }) {
  conversation.thread = thread;
  conversation.tell("thread");
}
