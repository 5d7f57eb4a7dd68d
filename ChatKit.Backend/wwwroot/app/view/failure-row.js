import { text } from "../text.js";
import { h } from "./dom.js";
import { icon } from "./icon.js";

/** A failure in the place where the answer should have been, with the ways out of it: `[{label, action}]`. */
export function failureRow(message, ways) {
  const buttons = ways.map(({ label, action }) => h("button", { type: "button", class: "button", onclick: action }, label));
  return h("div", { class: "failure", role: "alert" }, icon("circle-alert"), h("p", {}, message), h("div", { class: "ways" }, ...buttons));
}

export const again = (action) => ({ label: text.tryAgain, action });
