/** What the cast suggests to try first; it goes when the visitor has read it. */

import { el, icon, put } from "./dom.js";
import { on, state } from "./store.js";
import { both, t } from "./words.js";

const READ = "stand-in.hint-read"; // in this browser tab

/** The line under the header: `{node, draw()}`. */
export function hint() {
  const node = el("aside", { class: "tip", hidden: true });
  const draw = () => {
    const words = both(state.page.hint);
    node.hidden = words === "" || sessionStorage.getItem(READ) === words;
    put(node, icon("tip"), el("span", {}, words), gotIt(words, draw));
  };
  on("reset", draw);
  return { node, draw };
}

function gotIt(words, draw) {
  const onclick = () => {
    sessionStorage.setItem(READ, words);
    draw();
  };
  return el("button", { type: "button", class: "tip-button", onclick }, t("got_it"));
}
