/**
 * Reads a `text/event-stream` body, as {id, type, data}:
 *
 *     id: str_4k:1
 *     data: {"type":"thread.created","thread":{…}}
 *
 *     : heartbeat
 *
 * Comments and other fields are skipped; an event that the end of the stream cuts off is dropped, as the standard asks.
 */
export async function* readEvents(body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let pending = "";
  let event = blank();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      const lines = (pending + value).split(/\r?\n/);
      pending = lines.pop();
      for (const line of lines) {
        if (line !== "") {
          take(line, event);
        } else if (event.data.length > 0) {
          yield { ...event, data: event.data.join("\n") };
          event = blank();
        }
      }
    }
  } finally {
    reader.cancel().catch(() => {});
  }
}

const blank = () => ({ id: null, type: "message", data: [] });

function take(line, event) {
  const colon = line.indexOf(":");
  const [name, value] = [line.slice(0, colon), line.slice(line[colon + 1] === " " ? colon + 2 : colon + 1)];
  if (name === "data") event.data.push(value);
  else if (name === "id") event.id = value;
  else if (name === "event") event.type = value;
}
