import { text } from "../text.js";
import { byId, h } from "./dom.js";
import { icon } from "./icon.js";

const longest = 2000;

/** Words of an answer that are selected can be quoted in the next message: a button appears beside them. */
export function quoteSelection(quote) {
  const button = h("button", {
    type: "button", class: "button quote-button", hidden: true,
    // The press would else take the selection away before it is read.
    onpointerdown: (event) => event.preventDefault(),
    onclick: () => {
      quote(selected().slice(0, longest));
      getSelection().removeAllRanges();
    },
  }, icon("pen-line"), text.quote);
  byId("main").append(button);

  const show = () => {
    button.hidden = selected() === "";
    if (button.hidden) return;
    const place = getSelection().getRangeAt(0).getBoundingClientRect();
    const ground = byId("main").getBoundingClientRect();
    button.style.left = `${Math.max(8, Math.min(place.left - ground.left, ground.width - button.offsetWidth - 8))}px`;
    button.style.top = `${Math.max(60, place.top - ground.top - button.offsetHeight - 6)}px`;
  };
  document.addEventListener("selectionchange", () => {
    if (selected() === "") button.hidden = true;
  });
  byId("conversation").addEventListener("pointerup", () => setTimeout(show));
  byId("scroller").addEventListener("scroll", () => { button.hidden = true; }, { passive: true });
}

function selected() {
  const selection = getSelection();
  const anchor = selection.anchorNode?.parentElement;
  return anchor?.closest(".assistant .markdown") && !selection.isCollapsed ? selection.toString().trim() : "";
}
