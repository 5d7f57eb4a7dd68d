import { text } from "../text.js";

/** An expected failure of a call: words for the person, and whether the same call may succeed when it is sent again. */
export class Failure extends Error {
  constructor(message, { status = 0, retryable = true } = {}) {
    super(message);
    this.status = status;
    this.retryable = retryable;
  }

  static network = () => new Failure(text.failures.network);

  static cut = () => new Failure(text.failures.cut);

  static unreadable = () => new Failure(text.failures.unreadable);

  /** From an answer that is not 2xx; its body should be problem+json (RFC 9457). */
  static async fromResponse(response) {
    const { status } = response;
    const wait = Number(response.headers.get("Retry-After"));
    if (status === 429 && wait > 0) return new Failure(text.failures.busy(wait), { status });
    return Failure.fromStatus(status, await response.text().catch(() => ""));
  }

  static fromStatus(status, body) {
    return new Failure(problemIn(body) ?? (status === 401 ? text.failures.signedOut : text.failures.http(status)), {
      status,
      retryable: status >= 500 || status === 408 || status === 409 || status === 429,
    });
  }
}

function problemIn(body) {
  try {
    const problem = JSON.parse(body);
    return problem.detail || problem.title || null;
  } catch {
    return null;
  }
}
