import { preferences } from "../../model/preferences.js";
import { text } from "../../text.js";
import { ask } from "../dialog.js";
import { byId, h } from "../dom.js";

/** The value of the entry that asks for a name: no model is called so. */
const other = "…";

/**
 * Which model answers next: the one the conversation used last, else the one chosen last, else the server's default. A gateway may accept
 * more models than it lists (`openai/*`), so a name can be typed too; the last one typed stays on offer.
 */
export class ModelPicker {
  #select = byId("model-select");
  #listed = [];
  #wished = null;
  #shown = "";

  constructor() {
    this.#select.addEventListener("change", () => this.#choose());
  }

  get isEmpty() {
    return this.#listed.length === 0;
  }

  fill(models) {
    this.#listed = models;
    byId("model").hidden = this.isEmpty;
    this.show(this.#wished);
  }

  /** `wished`: the model of the conversation, null where it has none. */
  show(wished) {
    this.#wished = wished;
    const typed = preferences.typedModel.get();
    const choices = this.#listed.map(({ id, label }) => ({ id, label: label || id }));
    if (typed && !choices.some(({ id }) => id === typed)) choices.push({ id: typed, label: typed });
    this.#select.replaceChildren(...byProvider(choices), h("option", { value: other }, text.otherModel));
    const standard = this.#listed.find((model) => model.default)?.id ?? this.#listed[0]?.id;
    this.#set([wished, preferences.model.get(), standard].find((wish) => choices.some(({ id }) => id === wish)) ?? "");
  }

  /** Null where no model is on offer: the server chooses. */
  get chosen() {
    return this.isEmpty ? null : this.#shown;
  }

  async #choose() {
    if (this.#select.value !== other) return this.#prefer(this.#select.value);
    this.#select.value = this.#shown;
    const name = await askForModel();
    if (!name) return;
    preferences.typedModel.set(name);
    this.#prefer(name);
    this.show(name);
  }

  #prefer(id) {
    preferences.model.set(id);
    this.#set(id);
  }

  #set(id) {
    this.#shown = id;
    this.#select.value = id;
  }
}

/** `openai/gpt-5` stands under `openai` as `gpt-5`; a name without a provider stands by itself. */
function byProvider(choices) {
  const providerOf = ({ id }) => id.slice(0, id.indexOf("/") + 1);
  return [...Map.groupBy(choices, providerOf)].flatMap(([provider, members]) => {
    const options = members.map(({ id, label }) => h("option", { value: id }, label === id ? id.slice(provider.length) : label));
    return provider ? [h("optgroup", { label: provider.slice(0, -1) }, ...options)] : options;
  });
}

function askForModel() {
  const field = h("input", { class: "field", "aria-label": text.modelName, placeholder: text.modelExample, spellcheck: "false", autocapitalize: "off" });
  return ask({
    heading: text.otherModelHeading,
    body: h("div", {}, h("p", {}, text.otherModelBody), field),
    cancel: text.cancel,
    agree: text.use,
    accept: () => field.value.trim(),
  });
}
