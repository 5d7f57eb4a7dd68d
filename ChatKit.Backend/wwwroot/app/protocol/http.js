import { language } from "../text.js";
import { Failure } from "./failure.js";
import { signIn } from "./session.js";

/** One call to our own server. Throws a Failure where there is no answer, and where the answer is a refusal. */
export async function call(url, options = {}) {
  const response = await reach(url, options);
  if (response.status === 401) signIn();
  if (!response.ok) throw await Failure.fromResponse(response);
  return response;
}

/** The answer's JSON. */
export async function callForJson(url, options) {
  const response = await call(url, options);
  try {
    return await response.json();
  } catch {
    throw Failure.unreadable();
  }
}

export const jsonBody = (value) => ({
  method: "POST",
  headers: { "Content-Type": "application/json", "Accept-Language": language },
  body: JSON.stringify(value),
});

async function reach(url, options) {
  try {
    return await fetch(url, { ...options, credentials: "same-origin" });
  } catch (error) {
    if (options.signal?.aborted) throw error;
    throw Failure.network();
  }
}
