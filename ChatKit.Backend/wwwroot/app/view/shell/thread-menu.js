import { exportJson, exportMarkdown } from "../../model/export.js";
import { text } from "../../text.js";
import { announce } from "../announcer.js";
import { byId } from "../dom.js";
import { openMenu } from "../menu.js";
import { notify } from "../notices.js";

/** What can be done with the conversation as a whole. */
export function threadMenu(shown, sidebar) {
  const button = byId("thread-menu");
  const save = async (make) => {
    try {
      const conversation = shown();
      await conversation.allItems();
      const { name, type, content } = make(conversation);
      offer(name, new Blob([content], { type }));
      announce(text.exported(name));
    } catch (failure) {
      notify(text.failures.export(failure.message));
    }
  };
  button.addEventListener("click", () => openMenu(button, text.conversationOptions, [
    { label: text.rename, icon: "pencil", action: () => sidebar.askForTitle(shown().thread, button) },
    { label: text.exportMarkdown, icon: "download", action: () => save(exportMarkdown) },
    { label: text.exportJson, icon: "file-code", action: () => save(exportJson) },
    { label: text.delete, icon: "trash-2", danger: true, action: () => sidebar.remove(shown().thread, button) },
  ]));
}

function offer(name, blob) {
  const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(blob), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}
