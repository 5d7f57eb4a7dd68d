import { StreamingMarkdown } from "./streaming-markdown.js";

/** Markdown that does not grow: a notice, a thought, a part of a widget. */
export function fillWithMarkdown(root, source) {
  root.classList.add("markdown");
  new StreamingMarkdown(root).finish(source);
  return root;
}
