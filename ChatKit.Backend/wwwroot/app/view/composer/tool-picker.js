import { text } from "../../text.js";
import { byId, h } from "../dom.js";
import { icon } from "../icon.js";
import { openMenu } from "../menu.js";
import { widgetIcons } from "../widget/icons.js";

/** Which tool the assistant is to use for the next message: none by default, and none is needed. Without tools there is nothing to pick. */
export class ToolPicker {
  #button = byId("tool");
  #tools = [];
  #chosen = null;

  constructor() {
    this.#button.addEventListener("click", () => this.#open());
  }

  fill(tools) {
    this.#tools = tools;
    this.#button.hidden = tools.length === 0;
    this.#draw();
  }

  /** Null where the assistant may choose. */
  get chosen() {
    return this.#chosen?.id ?? null;
  }

  /** The choice holds for one message. */
  clear() {
    this.#chosen = null;
    this.#draw();
  }

  #open() {
    const choices = this.#tools.map((tool) => ({
      label: tool.name, more: tool.description, icon: iconOf(tool), checked: tool === this.#chosen, action: () => this.#choose(tool === this.#chosen ? null : tool),
    }));
    openMenu(this.#button, text.tools, [{ label: text.noTool, icon: "sparkles", checked: this.#chosen === null, action: () => this.#choose(null) }, ...choices]);
  }

  #choose(tool) {
    this.#chosen = tool;
    this.#draw();
    this.#button.focus({ preventScroll: true });
  }

  #draw() {
    this.#button.classList.toggle("chosen", this.#chosen !== null);
    this.#button.setAttribute("aria-label", this.#chosen ? text.toolChosen(this.#chosen.name) : text.tools);
    this.#button.replaceChildren(icon(this.#chosen ? iconOf(this.#chosen) : "wrench"), h("span", { class: "tool-name" }, this.#chosen?.name ?? text.tools));
  }
}

const iconOf = ({ icon: name }) => widgetIcons(name) ?? "wrench";
