import { byId } from "./dom.js";

const nearEnd = 48;

/**
 * Keeps the end of the conversation in sight while it grows, until the person scrolls up; from then on their place is left alone, and a
 * button leads back.
 */
export function scrollFollow() {
  const scroller = byId("scroller");
  const jump = byId("jump");
  let following = true;
  let lastTop = 0;

  const distance = () => scroller.scrollHeight - scroller.clientHeight - scroller.scrollTop;
  const show = () => { jump.hidden = following || distance() <= nearEnd; };
  const toEnd = () => {
    following = true;
    scroller.scrollTop = scroller.scrollHeight;
    show();
  };

  scroller.addEventListener("scroll", () => {
    // Growth also puts distance between the place and the end: only a move upwards means that the person left.
    if (distance() <= nearEnd) following = true;
    else if (scroller.scrollTop < lastTop) following = false;
    lastTop = scroller.scrollTop;
    show();
  }, { passive: true });

  new ResizeObserver(() => {
    if (following) scroller.scrollTop = scroller.scrollHeight;
    show();
  }).observe(byId("conversation"));

  jump.addEventListener("click", () => {
    toEnd();
    scroller.focus({ preventScroll: true });
  });

  return {
    toEnd,
    toStart() {
      following = false;
      scroller.scrollTop = 0;
      show();
    },
    /** Runs `change`, which adds content above, without moving what is read. */
    holding(change) {
      const before = distance();
      change();
      scroller.scrollTop = scroller.scrollHeight - scroller.clientHeight - before;
    },
  };
}
