/** The threads of the sidebar, newest first, fetched a page at a time. Tells `change` after each change. */
export class ThreadList extends EventTarget {
  #client;
  #after;

  threads = [];
  hasMore = true;
  loading = false;
  failure = null;

  constructor(client) {
    super();
    this.#client = client;
  }

  async loadMore() {
    if (this.loading) return;
    this.loading = true;
    this.failure = null;
    this.#tell();
    try {
      const page = await this.#client.listThreads(this.#after);
      const known = new Set(this.threads.map((thread) => thread.id));
      this.threads.push(...page.data.filter((thread) => !known.has(thread.id)));
      this.#after = page.after;
      this.hasMore = page.has_more;
    } catch (failure) {
      this.failure = failure;
    }

    this.loading = false;
    this.#tell();
  }

  find(id) {
    return this.threads.find((thread) => thread.id === id);
  }

  /** Newest first, wherever it came from. */
  put(thread) {
    this.threads = this.threads.filter((other) => other.id !== thread.id).concat(thread)
      .sort((one, other) => Date.parse(other.created_at) - Date.parse(one.created_at));
    this.#tell();
  }

  drop(id) {
    this.threads = this.threads.filter((thread) => thread.id !== id);
    this.#tell();
  }

  #tell() {
    this.dispatchEvent(new Event("change"));
  }
}
