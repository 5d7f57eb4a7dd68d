import { formatBytes, formatPercent } from "../../format.js";
import { text } from "../../text.js";
import { announce } from "../announcer.js";
import { fileFace } from "../attachment-card.js";
import { arrange, byId, h } from "../dom.js";
import { iconButton } from "../icon-button.js";

/** The files that go with the next message: by the button, by pasting, by dropping them anywhere on the conversation. */
export function attachmentsTray(uploads, changed) {
  const tray = byId("attachments");
  const picker = byId("file-picker");
  const cards = new Map();

  const draw = () => {
    const { entries } = uploads;
    for (const { id } of entries) if (!cards.has(id)) cards.set(id, entryCard(uploads, id));
    for (const id of cards.keys()) if (!entries.some((entry) => entry.id === id)) cards.delete(id);
    entries.forEach((entry) => cards.get(entry.id).update(entry));
    tray.hidden = entries.length === 0;
    arrange(tray, entries.map(({ id }) => cards.get(id).element));
    changed();
  };

  const add = (files) => {
    if (files.length === 0) return;
    uploads.add(files);
    announce(text.filesAdded(files.length));
  };

  uploads.addEventListener("change", draw);
  byId("attach").addEventListener("click", () => {
    picker.accept = uploads.accept?.join(",") ?? "";
    picker.click();
  });
  picker.addEventListener("change", () => {
    add([...picker.files]);
    picker.value = "";
    byId("prompt").focus();
  });
  byId("prompt").addEventListener("paste", (event) => {
    const files = [...event.clipboardData.files];
    if (files.length === 0) return;
    event.preventDefault();
    add(files);
  });
  takeDrops(byId("main"), add);
}

/** The whole conversation takes files, and shows that it would. */
function takeDrops(place, add) {
  const veil = byId("drop-veil");
  const holdsFiles = (event) => event.dataTransfer?.types.includes("Files");
  place.addEventListener("dragover", (event) => {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = "copy";
    veil.hidden = false;
  });
  place.addEventListener("dragleave", (event) => {
    if (!place.contains(event.relatedTarget)) veil.hidden = true;
  });
  place.addEventListener("drop", (event) => {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    veil.hidden = true;
    add([...event.dataTransfer.files]);
  });
}

function entryCard(uploads, id) {
  const element = h("li", { class: "upload" });
  const progress = h("progress", { max: "1" });
  const state = h("span", { class: "upload-state" });
  const again = iconButton("rotate-cw", text.uploadAgain, () => uploads.retry(id));
  const remove = iconButton("x", text.removeFile, () => {
    uploads.remove(id);
    byId("prompt").focus();
  });
  let drawn = null;
  return {
    element,
    update(entry) {
      if (drawn !== entry.name) {
        drawn = entry.name;
        const face = entry.url ? [h("img", { src: entry.url, alt: "" }), h("span", { class: "file-words" }, h("span", { class: "file-name", dir: "auto" }, entry.name))] : fileFace(entry.name, entry.size);
        element.replaceChildren(...face, again, remove);
        element.querySelector(".file-words").append(state, progress);
        remove.setAttribute("aria-label", text.removeFileNamed(entry.name));
        progress.setAttribute("aria-label", text.uploading(entry.name));
      }

      const sending = !entry.attachment && !entry.error;
      element.classList.toggle("failed", entry.error !== null);
      progress.hidden = !sending;
      progress.value = entry.progress;
      again.hidden = entry.error === null || entry.final;
      state.hidden = sending && entry.progress === 0;
      state.setAttribute("role", entry.error ? "alert" : "presentation");
      state.textContent = entry.error ?? (sending ? formatPercent(entry.progress) : entry.url && entry.size !== null ? formatBytes(entry.size) : "");
    },
  };
}
