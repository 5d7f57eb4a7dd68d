import markdownIt from "../../lib/markdown-it.js";
import { highlight } from "./highlight.js";
import { mathPlugin } from "./math.js";

/** Markdown as models write it. HTML in it is shown as text, never interpreted. */
const md = markdownIt({ html: false, linkify: true });
const { escapeHtml } = md.utils;

md.linkify.set({ fuzzyLink: false, fuzzyEmail: false });
md.use(mathPlugin);

/** The page has its own h1 and h2, so the headings of an answer begin below them. */
md.core.ruler.push("lower_headings", ({ tokens }) => {
  for (const token of tokens) {
    if (token.type.startsWith("heading_")) token.tag = `h${Math.min(Number(token.tag[1]) + 2, 6)}`;
  }
});

/** Column alignment comes as a style attribute, which the page's policy forbids: a class says the same. */
md.core.ruler.push("align_by_class", ({ tokens }) => {
  for (const token of tokens) {
    const align = token.attrGet("style")?.match(/text-align:(\w+)/)?.[1];
    if (!align) continue;
    token.attrs = [["class", `align-${align}`]];
  }
});

/** Fetching an image would tell its host who reads what, and a model can be talked into writing such an address: link to it instead. */
md.renderer.rules.image = (tokens, index) => {
  const { content } = tokens[index];
  const source = tokens[index].attrGet("src");
  return `<a href="${escapeHtml(source)}">${escapeHtml(content || source)}</a>`;
};

md.renderer.rules.fence = (tokens, index) => {
  const { info, content } = tokens[index];
  const language = md.utils.unescapeAll(info).trim().split(/\s+/, 1)[0];
  const className = language ? ` class="language-${escapeHtml(language)}"` : "";
  return `<pre><code${className}>${highlight(content, language) ?? escapeHtml(content)}</code></pre>`;
};

/**
 * Splits markdown into its top-level blocks: `[{ start, html }]`, where `start` is the offset of the block's first line.
 * `definitions` collects link definitions; hand the same object on to parse the continuation of a text.
 */
export function parseBlocks(source, definitions) {
  const tokens = md.parse(source, definitions);
  const starts = lineStarts(source);
  const blocks = [];
  for (let first = 0, last; first < tokens.length; first = last + 1) {
    last = first;
    while (tokens[last].level > 0 || tokens[last].nesting > 0) last++;
    blocks.push({
      start: starts[tokens[first].map[0]],
      html: md.renderer.render(tokens.slice(first, last + 1), md.options, definitions),
    });
  }

  return blocks;
}

function lineStarts(source) {
  const starts = [0];
  for (let at = source.indexOf("\n"); at >= 0; at = source.indexOf("\n", at + 1)) starts.push(at + 1);
  return starts;
}
