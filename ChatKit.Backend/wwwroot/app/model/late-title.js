/** A new thread is named in the background, after its first answer; these are the moments at which the page looks. */
const delays = [1500, 4000, 12000];

/**
 * Looks for the title of a thread until it has one. Gives up quietly when the server cannot be asked, since the next load will show it, and
 * when nobody waits for it any more.
 */
export async function awaitTitle(client, threadId, { isWanted, found }) {
  for (const delay of delays) {
    await new Promise((resolve) => setTimeout(resolve, delay));
    const thread = isWanted() ? await client.getThread(threadId).catch(() => null) : null;
    if (thread === null) return;
    if (thread.title) return found(thread);
  }
}
