/** The text of a message, the person's or the assistant's. */
export const textOf = (item) => item.content.map((part) => part.text ?? "").join("");

/** What the page sends when a person says something. */
export const userInput = (words, model) => ({
  content: [{ type: "input_text", text: words }],
  attachments: [],
  inference_options: model ? { model } : {},
});

/** Applies the `update` of a `thread.item.updated` event to the item that it names. */
export function applyUpdate(item, update) {
  updates[update.type]?.(item, update);
}

const setPart = (item, { content_index: index, content }) => {
  item.content[index] = content;
};

const updates = {
  "assistant_message.content_part.added": setPart,
  "assistant_message.content_part.done": setPart,
  "assistant_message.content_part.text_delta": (item, { content_index: index, delta }) => {
    item.content[index] ??= { type: "output_text", text: "", annotations: [] };
    item.content[index].text += delta;
  },
};
