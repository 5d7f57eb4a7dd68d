import { text } from "../../text.js";
import { copyWith } from "../clipboard.js";
import { h } from "../dom.js";
import { iconButton } from "../icon-button.js";
import { actionsOf } from "../widget/action.js";
import { build, renew } from "../widget/tree.js";

/** Something to see and to use, described as a tree of components. What an update leaves as it was keeps its state: a half-filled form stays filled. */
export function widgetItem(deeds) {
  const place = h("div", { class: "widget" });
  const copy = iconButton("copy", text.copyWidget, () => copyWith(copy, shown.copy_text));
  const actions = h("div", { class: "actions" }, copy);
  const element = h("section", { class: "widget-item", "aria-label": text.widget }, place, actions);
  const act = actionsOf(place, (action) => deeds.act(shown, action), deeds);
  let shown;
  let root = null;
  return {
    element,
    update(item, live) {
      shown = item;
      element.setAttribute("aria-busy", String(live));
      const next = root ? renew(root, item.widget, { act }) : build(item.widget, { act });
      if (next.element !== root?.element) place.replaceChildren(next.element);
      root = next;
      actions.hidden = !item.copy_text || live;
    },
  };
}
