import { assistantMessage } from "./assistant-message.js";
import { userMessage } from "./user-message.js";

/** How each type of item is drawn; a type that has no row is not shown. A view is `{ element, update(item, live) }`. */
export const itemViews = {
  user_message: userMessage,
  assistant_message: assistantMessage,
};
