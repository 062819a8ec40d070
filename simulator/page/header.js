/** The bar at the top: whose stand-in this is, its clock and how to move it, language, adding people. */

import { el, icon, put } from "./dom.js";
import { on, state } from "./store.js";
import { clockDate, clockRate, clockTime, onTick, standInNow, zoneName } from "./time.js";
import { both, t } from "./words.js";
import { advance, setRate } from "./wire.js";

const FAST = 60; // a minute a second
const JUMPS_MINUTES = [5, 30];

/** Builds the header; `add()` opens the list of people, `help()` what to try, `language()` switches the words. */
export function header({ add, help, language }) {
  const time = el("strong", { class: "clock-time" });
  const date = el("span", { class: "clock-date" });
  const rates = [
    rate(1, "play", t("real_time")),
    rate(FAST, "forward", t("fast"), t("fast_hint")),
    rate(0, "pause", t("pause")),
  ];
  const title = el("strong", { class: "brand-name" });
  const node = el(
    "header",
    { class: "top" },
    el(
      "div",
      { class: "brand" },
      el("img", { src: "/page/icon.svg", alt: "", width: 32, height: 32 }),
      el("div", { class: "brand-words" }, title, el("span", {}, t("subtitle"))),
    ),
    el(
      "div",
      { class: "clock", role: "timer", "aria-label": t("clock") },
      el("div", { class: "clock-words", title: t("clock") }, time, date),
      el(
        "div",
        { class: "rates", role: "group" },
        rates.map(({ button }) => button),
      ),
      el(
        "div",
        { class: "jumps" },
        JUMPS_MINUTES.map((n) =>
          el(
            "button",
            {
              type: "button",
              class: "jump-button",
              title: t("plus_hint", { n }),
              "aria-label": t("plus_hint", { n }),
              onclick: () => attempt(advance(n * 60)),
            },
            `+${n}`,
            el("span", {}, ` ${t("minute")}`),
          ),
        ),
      ),
    ),
    el(
      "div",
      { class: "tools" },
      el(
        "button",
        {
          type: "button",
          class: "tool main-tool",
          "aria-label": t("show_person"), // on a narrow screen only the sign is shown
          onclick: add,
        },
        icon("person"),
        el("span", {}, t("show_person")),
      ),
      el(
        "button",
        { type: "button", class: "tool help-tool", "aria-label": t("try_it"), onclick: help },
        icon("tip"),
        el("span", {}, t("try_it")),
      ),
      el(
        "button",
        {
          type: "button",
          class: "tool",
          title: t("other_language"),
          "aria-label": t("other_language"),
          onclick: language,
        },
        icon("globe"),
        el("span", {}, t("other_language")),
      ),
    ),
  );
  const draw = () => {
    put(time, clockTime(standInNow()));
    put(date, clockDate(standInNow()), el("span", { class: "zone" }, ` · ${zoneName()}`));
    node.dataset.rate = clockRate();
    for (const one of rates)
      one.button.setAttribute("aria-pressed", String(one.rate === clockRate()));
  };
  const name = () => {
    put(title, both(state.page.title) || state.bot?.first_name || "");
    document.title = `${title.textContent} · ${t("subtitle")}`;
  };
  const offs = [onTick(draw), on("reset", name)];
  draw();
  name();
  return { node, close: () => offs.forEach((off) => off()) };
}

/** When the stand-in is out of reach the banner says so already. */
const attempt = (request) => request.catch(() => {});

function rate(value, sign, label, hint = label) {
  return {
    rate: value,
    button: el(
      "button",
      {
        type: "button",
        class: "rate",
        title: hint,
        "aria-label": label, // on a narrow screen only the sign is shown
        onclick: () => attempt(setRate(value)),
      },
      icon(sign),
      el("span", {}, label),
    ),
  };
}
