import DOMPurify from "../../lib/dompurify.js";

/** Only what markdown and highlighting produce; addresses only of kinds that leave the page unharmed. */
const allowed = {
  RETURN_DOM_FRAGMENT: true,
  ALLOWED_TAGS: [
    "p", "br", "hr", "h3", "h4", "h5", "h6", "blockquote", "ul", "ol", "li", "pre", "code", "span", "em", "strong", "s", "del", "a",
    "table", "thead", "tbody", "tr", "th", "td",
  ],
  ALLOWED_ATTR: ["href", "title", "class", "start"],
  ALLOW_DATA_ATTR: false,
  ALLOW_ARIA_ATTR: false,
  ALLOWED_URI_REGEXP: /^(?:https?|mailto|tel):/i,
};

/** The one place where a string becomes elements. */
export const purify = (html) => DOMPurify.sanitize(html, allowed);
