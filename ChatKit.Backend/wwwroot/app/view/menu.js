import { h } from "./dom.js";
import { icon } from "./icon.js";

/**
 * A menu below the button that opens it. The browser's popover closes it by Escape and by a click outside; arrows, Home and End move in it.
 * `choices`: [{label, icon, action, danger?}].
 */
export function openMenu(button, label, choices) {
  const items = choices.map(({ label: words, icon: name, action, danger }) => h("button", {
    type: "button", role: "menuitem", tabindex: "-1", class: danger ? "danger" : null,
    onclick: () => {
      menu.hidePopover();
      action();
    },
  }, icon(name), words));
  const menu = h("div", { class: "menu", role: "menu", "aria-label": label, popover: "auto" }, ...items);

  menu.addEventListener("keydown", (event) => {
    const at = items.indexOf(document.activeElement);
    const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key];
    if (next === undefined && event.key !== "Tab") return;
    event.preventDefault();
    if (event.key === "Tab") menu.hidePopover();
    else items.at(next % items.length).focus();
  });
  menu.addEventListener("toggle", ({ newState }) => {
    button.setAttribute("aria-expanded", String(newState === "open"));
    if (newState === "closed") menu.remove();
  });

  document.body.append(menu);
  menu.showPopover({ source: button });
  place(menu, button);
  items[0].focus();
}

function place(menu, button) {
  const { bottom, top, right } = button.getBoundingClientRect();
  const { offsetHeight: height, offsetWidth: width } = menu;
  menu.style.left = `${Math.max(8, Math.min(right - 28, innerWidth - width - 8))}px`;
  menu.style.top = `${bottom + height + 12 > innerHeight ? top - height - 4 : bottom + 4}px`;
}
