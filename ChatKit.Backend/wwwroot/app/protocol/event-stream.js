/**
 * Reads a `text/event-stream` body whose events are JSON, one `data:` payload each:
 *
 *     data: {"type":"thread.created","thread":{…}}
 *
 *     : heartbeat
 *
 * Comments and other fields are skipped; an event that the end of the stream cuts off is dropped, as the standard asks.
 */
export async function* readEvents(body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let pending = "";
  let data = [];
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      const lines = (pending + value).split(/\r?\n/);
      pending = lines.pop();
      for (const line of lines) {
        if (line.startsWith("data:")) {
          data.push(line.slice(line[5] === " " ? 6 : 5));
        } else if (line === "" && data.length > 0) {
          yield JSON.parse(data.join("\n"));
          data = [];
        }
      }
    }
  } finally {
    reader.cancel().catch(() => {});
  }
}
