import { formatMoment } from "../format.js";
import { textOf } from "../protocol/items.js";
import { text } from "../text.js";

/** A conversation as a file: `{name, type, content}`. */
export const exportMarkdown = (conversation) => ({ name: `${fileName(conversation)}.md`, type: "text/markdown", content: markdownOf(conversation) });

/** As the protocol has it, so that a program can read it: the thread with all its items. */
export function exportJson(conversation) {
  const thread = { ...conversation.thread, items: { data: conversation.items, has_more: false } };
  return { name: `${fileName(conversation)}.json`, type: "application/json", content: JSON.stringify(thread, null, 2) };
}

function fileName({ thread, firstWords }) {
  const words = (thread.title ?? firstWords ?? text.untitled).replace(/[\\/:*?"<>|\p{Cc}]+/gu, " ").replace(/\s+/g, " ").trim();
  return words.slice(0, 80) || text.untitled;
}

function markdownOf({ thread, items, firstWords }) {
  const parts = items.flatMap((item) => writers[item.type]?.(item) ?? []);
  return [`# ${thread.title ?? firstWords ?? text.untitled}`, formatMoment(thread.created_at), ...parts].join("\n\n").concat("\n");
}

const quoted = (words) => words.split("\n").map((line) => `> ${line}`).join("\n");
const fenced = (words, language) => `\`\`\`\`${language}\n${words}\n\`\`\`\``;
const listed = (lines) => lines.map((line) => `- ${line}`).join("\n");

const writers = {
  user_message: (item) => [
    `## ${text.youSaid}`,
    ...item.quoted_text ? [quoted(item.quoted_text)] : [],
    textOf(item),
    ...item.attachments?.length ? [listed(item.attachments.map(({ name, mime_type: type }) => `${name} (${type})`))] : [],
  ],

  assistant_message: (item) => {
    const sources = [...new Set(item.content.flatMap(({ annotations = [] }) => annotations.map(({ source }) => (source.url ? `[${source.title}](${source.url})` : source.title))))];
    return [`## ${text.assistantSaid}`, textOf(item), ...sources.length ? [`${text.sources(sources.length)}:`, listed(sources)] : []];
  },

  workflow: ({ workflow }) => {
    const steps = workflow.tasks.map((task) => [task.title, task.content].filter(Boolean).join(": ").replace(/\s+/g, " ")).filter(Boolean);
    return steps.length ? [quoted(listed(steps))] : [];
  },

  structured_input: ({ inputs }) => [listed(inputs.map(({ question, answer }) => `${question} ${answer?.values.join(", ") || "–"}`))],

  client_tool_call: ({ name, arguments: given, output }) => [fenced(JSON.stringify({ name, arguments: given, output }, null, 2), "json")],

  widget: ({ widget, copy_text: words }) => [words ?? fenced(JSON.stringify(widget, null, 2), "json")],

  generated_image: ({ image }) => (image?.url && !image.url.startsWith("data:") ? [`![${text.generatedImage}](${image.url})`] : []),
};
