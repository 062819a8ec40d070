/** What the cast suggests to try: a line, and stories to choose from; it goes when it was read. */

import { el, icon, put } from "./dom.js";
import { on, state } from "./store.js";
import { both, t } from "./words.js";

const READ = "stand-in.hint-read"; // in this browser tab
const CHOSEN = "stand-in.story";

/** The part under the header: `{node, draw(), show()}`. `play(story)` puts a story's phones out. */
export function hint(play) {
  const node = el("aside", { class: "tip", "aria-label": t("try_it"), hidden: true });
  const redraw = () => draw(node, play, redraw);
  on("reset", redraw);
  const show = () => {
    sessionStorage.removeItem(READ);
    redraw();
    node.querySelector("button")?.focus();
  };
  return { node, draw: redraw, show };
}

export const hasHint = () => both(state.page.hint) !== "";

function draw(node, play, redraw) {
  const stories = state.page.stories ?? [];
  const chosen = stories[sessionStorage.getItem(CHOSEN)];
  const choose = (story, n) => {
    sessionStorage.setItem(CHOSEN, n);
    redraw();
    node.querySelectorAll(".story")[n].scrollIntoView({ inline: "center", block: "nearest" });
    play(story);
  };
  node.hidden = !hasHint() || sessionStorage.getItem(READ) === both(state.page.hint);
  put(
    node,
    icon("tip"),
    el(
      "div",
      { class: "tip-words" },
      stories.length > 0 && storyRow(stories, chosen, choose),
      el("p", { "aria-live": "polite" }, both((chosen ?? state.page).hint)),
    ),
    gotIt(redraw),
  );
}

function storyRow(stories, chosen, choose) {
  return el(
    "div",
    { class: "stories", role: "group", "aria-label": t("try_it") },
    stories.map((story, n) =>
      el(
        "button",
        {
          type: "button",
          class: "story",
          "aria-pressed": String(story === chosen),
          onclick: () => choose(story, n),
        },
        both(story.title),
      ),
    ),
  );
}

function gotIt(redraw) {
  const onclick = () => {
    sessionStorage.setItem(READ, both(state.page.hint));
    sessionStorage.removeItem(CHOSEN);
    redraw();
  };
  return el("button", { type: "button", class: "tip-button", onclick }, t("got_it"));
}
