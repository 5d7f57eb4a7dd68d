import { en } from "./text/en.js";
import { fr } from "./text/fr.js";

const catalogues = { en, fr };

/** The server chose it by Accept-Language, and wrote it into the page. */
export const language = document.documentElement.lang in catalogues ? document.documentElement.lang : "en";

/** Every word that the page itself says. */
export const text = catalogues[language];

/** Fills the static page: `data-text` becomes text, `data-label` an accessible name and tooltip, `data-placeholder` a placeholder. */
export function localise(root) {
  for (const element of root.querySelectorAll("[data-text]")) element.textContent = text[element.dataset.text];
  for (const element of root.querySelectorAll("[data-placeholder]")) element.placeholder = text[element.dataset.placeholder];
  for (const element of root.querySelectorAll("[data-label]")) {
    element.setAttribute("aria-label", text[element.dataset.label]);
    if (element.matches("button, a")) element.title = text[element.dataset.label];
  }
}
