import { callForJson } from "./http.js";

/** The person's threads that hold these words, in their title or their messages: `[{thread, excerpt?}]`, the newest first. */
export async function searchThreads(words, signal) {
  const page = await callForJson(`api/threads/search?q=${encodeURIComponent(words)}`, { signal });
  return page.data;
}
