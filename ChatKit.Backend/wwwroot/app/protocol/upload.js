import { language } from "../text.js";
import { Failure } from "./failure.js";
import { signIn } from "./session.js";

/**
 * Sends a file and tells how far it is (`progress(0…1)`); `fetch` cannot. In two phases the file is announced first, and its bytes go where the answer says;
 * directly, name and bytes go at once in a form. Resolves to the protocol's Attachment.
 */
export async function upload(file, { client, settings, progress, signal }) {
  if (settings.strategy === "direct") {
    const form = new FormData();
    form.append("file", file, file.name);
    return JSON.parse(await send("POST", settings.url, form, {}, progress, signal));
  }

  const attachment = await client.announceFile(file);
  const { upload_descriptor: descriptor, ...rest } = attachment;
  try {
    if (descriptor) await send(descriptor.method, here(descriptor.url), file, { "Content-Type": file.type, ...descriptor.headers }, progress, signal);
  } catch (error) {
    client.deleteFile(attachment.id).catch(() => {});
    throw error;
  }

  return rest;
}

/** A proxy may have taken off the TLS that the page is reached by: what goes to our own host goes by our own scheme. */
const here = (address) => {
  const url = new URL(address, location.href);
  return url.host === location.host ? url.pathname + url.search : address;
};

function send(method, url, body, headers, progress, signal) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open(method, url);
    request.setRequestHeader("Accept-Language", language);
    for (const [name, value] of Object.entries(headers)) if (value) request.setRequestHeader(name, value);
    request.upload.addEventListener("progress", ({ loaded, total }) => progress(total ? loaded / total : 0));
    request.addEventListener("error", () => reject(Failure.network()));
    request.addEventListener("abort", () => reject(signal.reason));
    request.addEventListener("load", () => {
      if (request.status === 401) signIn();
      if (request.status >= 200 && request.status < 300) resolve(request.responseText);
      else reject(Failure.fromStatus(request.status, request.responseText));
    });
    signal.addEventListener("abort", () => request.abort());
    request.send(body);
  });
}
