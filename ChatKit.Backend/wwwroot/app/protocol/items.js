/** The text of a message, the person's or the assistant's. */
export const textOf = (item) => item.content.map((part) => part.text ?? "").join("");

/** What the page sends when a person says something. */
export const userInput = ({ words, attachments = [], quoted = null, model = null, tool = null }) => ({
  content: words === "" ? [] : [{ type: "input_text", text: words }],
  attachments,
  ...quoted ? { quoted_text: quoted } : {},
  inference_options: { ...model ? { model } : {}, ...tool ? { tool_choice: { id: tool } } : {} },
});

/** Applies the `update` of a `thread.item.updated` event to the item that it names. */
export function applyUpdate(item, update) {
  updates[update.type]?.(item, update);
}

const setPart = (item, { content_index: index, content }) => {
  item.content[index] = { annotations: [], ...content };
};

const setTask = (item, { task_index: index, task }) => {
  item.workflow.tasks[index] = task;
};

const updates = {
  "assistant_message.content_part.added": setPart,
  "assistant_message.content_part.done": setPart,
  "assistant_message.content_part.text_delta": (item, { content_index: index, delta }) => {
    item.content[index] ??= { type: "output_text", text: "", annotations: [] };
    item.content[index].text += delta;
  },
  "assistant_message.content_part.annotation_added": (item, { content_index: index, annotation_index: place, annotation }) => {
    item.content[index] ??= { type: "output_text", text: "", annotations: [] };
    (item.content[index].annotations ??= [])[place] = annotation;
  },
  "workflow.task.added": setTask,
  "workflow.task.updated": setTask,
  "widget.root.updated": (item, { widget }) => {
    item.widget = widget;
  },
  "widget.component.updated": (item, { component_id: id, component }) => {
    item.widget = replaceComponent(item.widget, id, () => component);
  },
  "widget.streaming_text.value_delta": (item, { component_id: id, delta, done }) => {
    item.widget = replaceComponent(item.widget, id, (component) => ({ ...component, value: (component.value ?? "") + delta, streaming: !done }));
  },
  "generated_image.updated": (item, { image, progress }) => {
    item.image = image;
    item.progress = progress ?? null;
  },
};

/** The widget with one component changed. What does not lie above it stays the same object, so that a view can see what changed. */
function replaceComponent(component, id, change) {
  if (component.id === id) return change(component);
  const { children } = component;
  if (!children || typeof children !== "object") return component;
  const changed = Array.isArray(children) ? children.map((child) => replaceComponent(child, id, change)) : replaceComponent(children, id, change);
  const same = Array.isArray(children) ? changed.every((child, index) => child === children[index]) : changed === children;
  return same ? component : { ...component, children: changed };
}
