import { text } from "../text.js";
import { byId, h } from "./dom.js";
import { notify } from "./notices.js";

/** Stands above the earliest message that is here; fetches what is earlier when it comes near, or is pressed. */
export function olderRow(load) {
  const run = async () => {
    button.disabled = true;
    try {
      await load();
    } catch (failure) {
      notify(failure.message);
    }

    button.disabled = false;
    observer.unobserve(button);
    if (button.isConnected) observer.observe(button);
    else observer.disconnect();
  };
  const button = h("button", { type: "button", class: "button older", onclick: run }, text.olderMessages);
  const observer = new IntersectionObserver(([{ isIntersecting }]) => {
    if (isIntersecting && !button.disabled) run();
  }, { root: byId("scroller"), rootMargin: "1200px 0px 0px" });
  observer.observe(button);
  return button;
}
