import { h } from "../view/dom.js";
import { placeCaret } from "./caret.js";
import { decorate } from "./decorate.js";
import { morph } from "./morph.js";
import { parseBlocks } from "./parser.js";
import { purify } from "./purify.js";

/**
 * Markdown that grows. Text only ever comes at the end, so all top-level blocks but the last are settled: an update parses from the
 * start of the last block and touches no other, and the cost of a frame does not grow with the length of the answer.
 */
export class StreamingMarkdown {
  #root;
  #shown = [];
  #settled = 0;
  #settledTo = 0;
  #definitions = {};

  constructor(root) {
    this.#root = root;
  }

  /** Shows the text so far, with a caret at its end. */
  grow(source) {
    const text = normalise(source);
    const blocks = parseBlocks(text.slice(this.#settledTo), this.#definitions);
    if (blocks.length === 0) blocks.push({ start: 0, html: "" });
    blocks.forEach((block, index) => this.#show(this.#settled + index, block.html, index === blocks.length - 1));
    this.#cut(this.#settled + blocks.length);
    this.#settled += blocks.length - 1;
    this.#settledTo += blocks.at(-1).start;
  }

  /** Shows the whole text. It is parsed once more from its beginning, since a link's definition may have come after its use. */
  finish(source) {
    const blocks = parseBlocks(normalise(source), {});
    blocks.forEach((block, index) => this.#show(index, block.html, false));
    this.#cut(blocks.length);
    this.#settled = 0;
    this.#settledTo = 0;
  }

  #show(index, html, withCaret) {
    const shown = this.#shown[index] ??= this.#append();
    if (shown.html === html && shown.withCaret === withCaret) return;
    const fragment = decorate(purify(html));
    if (withCaret) placeCaret(fragment);
    morph(shown.element, fragment);
    Object.assign(shown, { html, withCaret });
  }

  #append() {
    const element = h("div", { class: "block" });
    this.#root.append(element);
    return { element, html: null, withCaret: false };
  }

  #cut(length) {
    for (const { element } of this.#shown.splice(length)) element.remove();
  }
}

/** As the parser reads lines, so that its line numbers are offsets in this text. */
const normalise = (source) => source.replace(/\r\n?/g, "\n");
