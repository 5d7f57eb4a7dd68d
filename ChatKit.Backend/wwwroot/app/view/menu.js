import { h, newId } from "./dom.js";
import { icon } from "./icon.js";

/**
 * A menu beside the button that opens it. The browser's popover closes it by Escape and by a click outside; arrows, Home and End move in it.
 * `choices`: [{label, more?, icon, action, danger?, checked?}]; where one is checked or not, all of them are radio items.
 */
export function openMenu(button, label, choices) {
  const items = choices.map(itemOf(() => menu.hidePopover()));
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

const itemOf = (close) => ({ label, more, icon: name, action, danger, checked }) => {
  const described = more ? newId("more") : null;
  return h("button", {
    type: "button", role: checked === undefined ? "menuitem" : "menuitemradio", "aria-checked": checked === undefined ? null : String(checked), tabindex: "-1",
    class: danger ? "danger" : null, "aria-label": more ? label : null, "aria-describedby": described,
    onclick: () => {
      close();
      action();
    },
  }, icon(name), h("span", { class: "menu-words" }, h("span", { dir: "auto" }, label), more ? h("span", { class: "menu-more", id: described, dir: "auto" }, more) : null),
  checked ? icon("check") : null);
};

function place(menu, button) {
  const { bottom, top, right, left } = button.getBoundingClientRect();
  const { offsetHeight: height, offsetWidth: width } = menu;
  const begin = document.dir === "rtl" || left > innerWidth / 2 ? right - width : right - 28;
  menu.style.left = `${Math.max(8, Math.min(begin, innerWidth - width - 8))}px`;
  menu.style.top = `${bottom + height + 12 > innerHeight ? Math.max(8, top - height - 4) : bottom + 4}px`;
}
