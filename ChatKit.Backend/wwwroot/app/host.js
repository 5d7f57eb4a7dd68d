/**
 * What a page that embeds a chat gives it as options, for this page: functions that an assistant may call (client tools), actions of widgets that are handled
 * in the browser (`handler: "client"`), and effects that a stream asks for. Nothing here may do what the person did not ask for: an assistant can be talked
 * into calling any of it. What has no entry is told to the person, who can answer a tool by hand.
 */
export const host = {
  /** `name: (arguments) => result`, any JSON, or a promise of it. */
  tools: {
    get_client_context: () => ({
      language: navigator.language,
      time_zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      local_time: new Date().toISOString(),
      theme: matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light",
    }),
  },

  /** `type: (payload, page) => void`; `page.write(words)` puts words into the message box. */
  actions: {
    "composer.write": ({ text: words }, page) => page.write(String(words ?? "")),
  },

  /** `name: (data, page) => void`. */
  effects: {},
};
