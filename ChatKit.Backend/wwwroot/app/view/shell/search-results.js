import { addressOf } from "../../router.js";
import { text } from "../../text.js";
import { h } from "../dom.js";
import { failureRow } from "../failure-row.js";
import { titleOf } from "./thread-row.js";

/** What a search found, with the words that were looked for made visible. */
export function searchResults({ words, results, failure }, currentId) {
  if (failure) return [failureRow(failure.message, [])];
  if (results === null) return [h("p", { class: "threads-note" }, text.searchingThreads)];
  if (results.length === 0) return [h("p", { class: "threads-note" }, text.nothingFound(words))];
  return [h("ul", { class: "found", "aria-label": text.searchResults }, ...results.map((result) => foundRow(result, words, currentId)))];
}

const foundRow = ({ thread, excerpt }, words, currentId) => h("li", {},
  h("a", { class: "thread-link found-link", href: addressOf(thread.id), "aria-current": thread.id === currentId ? "page" : null },
    h("span", { class: "found-title", dir: "auto" }, ...marked(titleOf(thread), words)),
    excerpt ? h("span", { class: "found-excerpt", dir: "auto" }, ...marked(excerpt, words)) : null));

function marked(whole, words) {
  const at = whole.toLowerCase().indexOf(words.toLowerCase());
  if (at < 0) return [whole];
  const end = at + words.length;
  return [whole.slice(0, at), h("mark", {}, whole.slice(at, end)), whole.slice(end)];
}
