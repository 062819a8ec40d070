/** Starts the page: header, desk, and the line that says when the stand-in is out of reach. */

import { Desk } from "./desk.js";
import { el, put } from "./dom.js";
import { hint } from "./hint.js";
import { header } from "./header.js";
import { apply, load } from "./store.js";
import { currentLanguage, t, toggleLanguage } from "./words.js";
import { follow } from "./wire.js";

const app = document.getElementById("app");
const banner = el("div", { class: "banner", role: "status" }, t("loading"));
const tip = hint((story) => desk.play(story));
const desk = new Desk(() => tip.show());
let top = null;

function draw() {
  document.documentElement.lang = currentLanguage() === "zh" ? "zh-CN" : "en";
  const next = header({ add: () => desk.pick(), help: () => tip.show(), language });
  if (top) top.node.replaceWith(next.node);
  else put(app, next.node, banner, tip.node, desk.node);
  top?.close();
  top = next;
}

function language() {
  toggleLanguage();
  draw();
  desk.rebuild();
  tip.draw();
}

draw();
const refresh = follow({
  onState: (snapshot) => {
    banner.hidden = true;
    load(snapshot);
  },
  onEvent: (event) => {
    if (!apply(event)) refresh();
  },
  onLost: () => {
    put(banner, t("offline"));
    banner.hidden = false;
  },
});
