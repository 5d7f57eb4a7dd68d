import { h } from "../dom.js";
import { notNeeded, whenNear } from "../when-near.js";
import { assistantMessage } from "./assistant-message.js";
import { clientToolCall } from "./client-tool-call.js";
import { generatedImage } from "./generated-image.js";
import { structuredInput } from "./structured-input.js";
import { userMessage } from "./user-message.js";
import { widgetItem } from "./widget-item.js";
import { taskItem, workflowItem } from "./workflow.js";

/**
 * How each type of item is drawn; a type that has no row is not shown. `create(deeds)` gives `{ element, update(item, live), spoken?() }`; `deeds` is what a
 * person can do from within an item (deeds.js).
 */
const itemViews = {
  user_message: userMessage,
  assistant_message: assistantMessage,
  client_tool_call: clientToolCall,
  widget: widgetItem,
  generated_image: generatedImage,
  structured_input: structuredInput,
  workflow: workflowItem,
  task: taskItem,
};

export const isShown = (item) => Object.hasOwn(itemViews, item.type);

/** A row of the conversation. What is far away is drawn later; what streams is drawn at once. */
export function itemRow(item, deeds) {
  const row = h("div", { class: `row ${item.type}-row`, "data-item": item.id });
  let view = null;
  let latest = { item, live: false };
  const draw = () => {
    notNeeded(row);
    if (!view) {
      view = itemViews[item.type](deeds);
      row.append(view.element);
    }

    view.update(latest.item, latest.live);
  };

  return {
    element: row,
    spoken: () => view?.spoken?.() ?? "",
    update(next, live) {
      latest = { item: next, live };
      row.dataset.item = next.id;
      if (view || live || next.pending) draw();
      else whenNear(row, draw);
    },
  };
}
