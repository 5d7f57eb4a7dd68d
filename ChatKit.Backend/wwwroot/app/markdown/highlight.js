import hljs from "../../lib/highlight.js";

/** Beyond this a code block stays plain: colouring it again at every frame of a stream would cost more than it gives. */
const longest = 20_000;

/** The code with its syntax marked up as HTML, or null where it has to stay plain. Languages are never guessed. */
export function highlight(code, language) {
  if (code.length > longest || !hljs.getLanguage(language)) return null;
  return hljs.highlight(code, { language, ignoreIllegals: true }).value;
}
