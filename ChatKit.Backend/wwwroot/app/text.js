/** Every word that the page itself says. Another language is another table of this shape. */
export const text = {
  skipToPrompt: "Skip to the message box",
  conversations: "Conversations",
  openSidebar: "Show conversations",
  closeSidebar: "Hide conversations",
  newChat: "New chat",
  untitled: "Untitled chat",
  unavailable: "Conversation unavailable",
  messages: "Messages",
  pageTitle: (title) => `${title} · ChatKit`,

  promptLabel: "Message",
  promptPlaceholder: "Ask anything",
  model: "Model",
  otherModel: "Other model…",
  otherModelHeading: "Use another model",
  otherModelBody: "Any name that the gateway accepts, with its provider in front.",
  modelName: "Model name",
  use: "Use",
  send: "Send",
  stop: "Stop answering",
  hint: "Enter sends, Shift + Enter starts a new line. Models can be wrong: check what matters.",
  closedThread: (reason) => reason || "This conversation is closed.",

  emptyHeading: "What’s on your mind?",
  emptyLead: "Ask a question, paste some code, or start from one of these.",
  examples: [
    { title: "Explain it simply", prompt: "Explain how HTTPS keeps a web page private, in plain words and with one everyday analogy." },
    { title: "Write some code", prompt: "Write a C# method that reads a large text file line by line without loading it all, and say why it works." },
    { title: "Plan something", prompt: "Plan a quiet weekend in a small town by the sea: two days, no car, one rainy afternoon." },
    { title: "Improve a text", prompt: "Rewrite this so that it is short and friendly: “We hereby inform you that your request has been received.”" },
  ],

  youSaid: "You said",
  unsent: "Not sent",
  assistantSaid: "Assistant",
  answering: "Answering…",
  answered: (answer) => `Answer: ${answer}`,
  answeredLong: (beginning) => `Answer: ${beginning} … The whole answer is in the conversation.`,
  stoppedAnnounced: "Stopped. What was written so far is kept.",
  olderMessages: "Show earlier messages",
  jumpToLatest: "Jump to latest",
  loadingConversation: "Loading the conversation…",
  opened: (title) => `Opened ${title}`,

  copyCode: "Copy code",
  copyAnswer: "Copy answer",
  copy: "Copy",
  copied: "Copied",
  copyFailed: "The browser did not allow copying.",
  plainText: "text",
  codeSample: (language) => `Code, ${language}`,
  table: "Table",

  today: "Today",
  yesterday: "Yesterday",
  lastWeek: "Previous 7 days",
  noThreads: "Your conversations will appear here.",
  moreThreads: "Show more",
  loading: "Loading…",
  answeringNow: "answering",
  optionsFor: (title) => `Options for ${title}`,
  rename: "Rename",
  renameLabel: "Conversation title",
  renamed: (title) => `Renamed to ${title}`,
  delete: "Delete",
  deleteHeading: "Delete this conversation?",
  deleteBody: (title) => `“${title}” and all its messages will be gone for good.`,
  deleted: (title) => `Deleted ${title}`,
  cancel: "Cancel",

  theme: "Colour theme",
  themes: { system: "System", light: "Light", dark: "Dark" },

  tryAgain: "Try again",
  editMessage: "Edit message",
  dismiss: "Dismiss",
  failures: {
    network: "The server could not be reached. Check the connection and try again.",
    cut: "The connection was lost before the answer was complete.",
    answer: "Something went wrong while answering.",
    unanswered: "This message has no answer.",
    unreadable: "The server sent something that this page could not read.",
    http: (status) => `The server answered with an error (${status}).`,
    busy: (seconds) => `Too many requests. Try again in ${seconds} s.`,
    noThread: "This conversation does not exist, or it was deleted.",
    threads: "The conversations could not be loaded.",
    rename: (why) => `The conversation was not renamed. ${why}`,
    delete: (why) => `The conversation was not deleted. ${why}`,
    offline: "You are offline. Messages can be sent again when the connection is back.",
  },
};

/** Fills the static page: `data-text` becomes text, `data-label` an accessible name and tooltip, `data-placeholder` a placeholder. */
export function localise(root) {
  for (const element of root.querySelectorAll("[data-text]")) element.textContent = text[element.dataset.text];
  for (const element of root.querySelectorAll("[data-placeholder]")) element.placeholder = text[element.dataset.placeholder];
  for (const element of root.querySelectorAll("[data-label]")) {
    element.setAttribute("aria-label", text[element.dataset.label]);
    if (element.matches("button, a")) element.title = text[element.dataset.label];
  }
}
