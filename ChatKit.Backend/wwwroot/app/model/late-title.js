/** A new thread is named in the background, after its first answer; these are the moments at which the page looks. */
const delays = [1500, 4000, 12000];

/** Looks for the title of a thread until it has one; gives up quietly, since the next load of the list will show it. */
export async function awaitTitle(client, threadId, found) {
  for (const delay of delays) {
    await new Promise((resolve) => setTimeout(resolve, delay));
    const thread = await client.getThread(threadId).catch(() => null);
    if (thread === null) return;
    if (thread.title) return found(thread);
  }
}
