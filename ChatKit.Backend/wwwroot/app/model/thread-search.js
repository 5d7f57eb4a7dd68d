import { searchThreads } from "../protocol/search.js";

const pause = 200;

/** Searches while a person types: a moment after the last key, and only the last question's answer counts. Tells `change` {results, words}. */
export class ThreadSearch extends EventTarget {
  #timer = 0;
  #asking = new AbortController();

  words = "";
  /** Null while nothing is asked, or the answer is not there yet. */
  results = null;
  failure = null;

  get isActive() {
    return this.words !== "";
  }

  ask(words) {
    clearTimeout(this.#timer);
    this.#asking.abort();
    this.words = words.trim();
    this.failure = null;
    if (!this.isActive) this.results = null;
    else this.#timer = setTimeout(() => this.#search(), pause);
    this.dispatchEvent(new Event("change"));
  }

  async #search() {
    const asking = this.#asking = new AbortController();
    try {
      this.results = await searchThreads(this.words, asking.signal);
    } catch (failure) {
      if (asking.signal.aborted) return;
      this.failure = failure;
    }

    this.dispatchEvent(new Event("change"));
  }
}
