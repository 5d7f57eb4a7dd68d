import { readEvents } from "./event-stream.js";
import { Failure } from "./failure.js";
import { call } from "./http.js";

/** What a client says that can come back to a turn; our server then lets the turn go on without it. */
export const resumable = { "X-ChatKit-Resumable": "1" };

/** Seconds between two tries to come back. */
const pauses = [0.2, 1, 2, 4, 8, 15, 15, 15];

/**
 * The events of one turn. A connection that breaks is made again where the server can go on where it broke (docs/streams.md), and nobody notices; where it
 * cannot, that is a failure. A turn that is to stop is told so, for closing the connection does not stop it then.
 */
export class TurnStream {
  #thread;
  #signal;
  #last = null;

  /** `thread`: its id; null for a new one, whose first event tells it. */
  constructor(thread, signal) {
    this.#thread = thread;
    this.#signal = signal;
  }

  async *read(response) {
    if (!response.headers.has("X-ChatKit-Stream")) return yield* this.#once(response);
    this.#signal.addEventListener("abort", () => this.#cancel(), { once: true });
    for (;;) {
      try {
        for await (const event of readEvents(response.body)) {
          if (event.type === "end") return;
          this.#last = event.id ?? this.#last;
          yield this.#parse(event);
        }
      } catch (error) {
        if (this.#signal.aborted || error instanceof Failure) throw error;
      }

      response = await this.#comeBack();
    }
  }

  /** From a server that speaks the protocol and nothing else. */
  async *#once(response) {
    try {
      for await (const event of readEvents(response.body)) yield this.#parse(event);
    } catch (error) {
      if (this.#signal.aborted || error instanceof Failure) throw error;
      throw Failure.cut();
    }
  }

  #parse({ data }) {
    try {
      const event = JSON.parse(data);
      this.#thread ??= event.thread?.id;
      return event;
    } catch {
      throw Failure.unreadable();
    }
  }

  async #comeBack() {
    for (const pause of pauses) {
      await this.#wait(pause);
      try {
        return await follow(this.#thread, this.#signal, this.#last);
      } catch (error) {
        if (this.#signal.aborted) throw error;
        // An answer that refuses is final; no answer may come yet.
        if (error.status) throw Failure.cut();
      }
    }

    throw Failure.cut();
  }

  /** For so long, or until the network is back, or until the turn is to stop. */
  #wait(seconds) {
    return new Promise((resolve, reject) => {
      const done = () => {
        clearTimeout(timer);
        removeEventListener("online", done);
        this.#signal.removeEventListener("abort", stop);
        resolve();
      };
      const stop = () => {
        removeEventListener("online", done);
        clearTimeout(timer);
        reject(this.#signal.reason);
      };
      const timer = setTimeout(done, seconds * 1000);
      addEventListener("online", done);
      this.#signal.addEventListener("abort", stop, { once: true });
    });
  }

  #cancel() {
    call(`api/threads/${encodeURIComponent(this.#thread)}/cancel`, { method: "POST", keepalive: true }).catch(() => {});
  }
}

/** The stream of a thread's running turn; status 204 where none runs. */
export function follow(thread, signal, last = null) {
  return call(`api/threads/${encodeURIComponent(thread)}/stream`, { signal, headers: last ? { "Last-Event-ID": last } : {} });
}
