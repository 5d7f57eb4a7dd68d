import { text } from "../text.js";
import { byId } from "./dom.js";

const longest = 600;

/**
 * Speaks through the page's only polite live region. The conversation itself is no live region: a screen reader would read an answer
 * word by word as it streams. Its end is announced instead, with the whole text when that is short.
 */
export function announce(words) {
  const region = byId("announcer");
  region.textContent = "";
  requestAnimationFrame(() => { region.textContent = words; });
}

export function announceAnswer(words) {
  const plain = words.replace(/\s+/g, " ").trim();
  announce(plain.length <= longest ? text.answered(plain) : text.answeredLong(plain.slice(0, plain.lastIndexOf(" ", longest))));
}
