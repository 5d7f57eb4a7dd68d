import { preferences } from "../model/preferences.js";
import { byId, h } from "./dom.js";

/** Which model answers next: the one the conversation used last, else the one chosen last, else the first on offer. */
export class ModelPicker {
  #select = byId("model-select");
  #ids = [];
  #conversationModel = null;

  constructor() {
    this.#select.addEventListener("change", () => preferences.model.set(this.#select.value));
  }

  fill(models) {
    this.#ids = models.map(({ id }) => id);
    this.#select.replaceChildren(...models.map(({ id, label }) => h("option", { value: id }, label || id)));
    byId("model").hidden = models.length === 0;
    this.show(this.#conversationModel);
  }

  show(conversationModel) {
    this.#conversationModel = conversationModel;
    const offered = [conversationModel, preferences.model.get(), this.#ids[0]].find((id) => this.#ids.includes(id));
    if (offered) this.#select.value = offered;
  }

  get chosen() {
    return this.#select.value || null;
  }
}
