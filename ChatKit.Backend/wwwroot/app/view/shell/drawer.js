import { preferences } from "../../model/preferences.js";
import { byId, isCovered } from "../dom.js";

/**
 * The list of conversations: a column that can be closed on a wide screen (remembered), a drawer over the conversation on a narrow one
 * (always closed at first, and modal: what lies below it cannot be reached).
 */
export function drawer() {
  const root = document.documentElement;
  const narrow = matchMedia("(max-width: 767px)");
  const sidebar = byId("sidebar");
  const opener = byId("sidebar-open");
  let over = false;

  const isOpen = () => (narrow.matches ? over : root.dataset.sidebar !== "closed");
  const show = () => {
    root.classList.toggle("drawer-open", narrow.matches && over);
    sidebar.inert = !isOpen();
    byId("main").inert = narrow.matches && over;
    opener.setAttribute("aria-expanded", String(isOpen()));
  };
  const set = (open) => {
    if (narrow.matches) over = open;
    else rememberOpen(root, open);
    show();
    (open ? byId("sidebar-close") : opener).focus({ preventScroll: true });
  };

  opener.addEventListener("click", () => set(true));
  byId("sidebar-close").addEventListener("click", () => set(false));
  byId("backdrop").addEventListener("click", () => set(false));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !over || event.defaultPrevented || isCovered()) return;
    event.preventDefault();
    set(false);
  });
  narrow.addEventListener("change", () => {
    over = false;
    show();
  });
  show();

  /** After a choice in the drawer the conversation is what matters. */
  return {
    dismiss: () => {
      over = false;
      show();
    },
    open: () => {
      if (!isOpen()) set(true);
    },
    toggle: () => set(!isOpen()),
  };
}

function rememberOpen(root, open) {
  if (open) delete root.dataset.sidebar;
  else root.dataset.sidebar = "closed";
  preferences.sidebar.set(open ? null : "closed");
}
