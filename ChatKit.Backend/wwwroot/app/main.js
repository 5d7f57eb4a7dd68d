import { Page } from "./page.js";
import { localise } from "./text.js";
import { byId } from "./view/dom.js";
import { placeIcons } from "./view/icon.js";
import { watchConnection } from "./view/notices.js";
import { themeSwitch } from "./view/shell/theme-switch.js";

localise(document);
placeIcons(document);
themeSwitch();
watchConnection();

byId("skip-link").addEventListener("click", (event) => {
  // The part after # belongs to the router.
  event.preventDefault();
  byId("prompt").focus();
});

new Page().start();
