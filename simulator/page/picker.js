/** Choosing a person or a group by typing part of a name, role or phone number. */

import { el, icon, put } from "./dom.js";
import { avatar, chatTitle, noteOf, personName } from "./names.js";
import { sheet } from "./overlay.js";
import { chat, isPrivate, person, state } from "./store.js";
import { t } from "./words.js";

const MOST_FOUND = 120;

/**
 * Opens the list; `only` limits it to these people, `shown(id)` marks, `picked(id)` gets the choice.
 * `other` is a last way out, `{label, pick}`.
 */
export function pickSomebody(title, { only, shown, other }, picked) {
  sheet(
    document.body,
    title,
    (close) => {
      const found = el("div", { class: "found", role: "listbox", "aria-label": title });
      const input = el("input", {
        type: "search",
        class: "search",
        placeholder: t("search_people"),
        "aria-label": t("search_people"),
        "data-first": true,
        autocomplete: "off",
      });
      const draw = () =>
        put(
          found,
          sections(input.value, only, shown, (id) => {
            close();
            picked(id);
          }),
        );
      input.addEventListener("input", draw);
      input.addEventListener("keydown", (event) => {
        if (event.key !== "Enter" || event.isComposing) return;
        event.preventDefault(); // else it also presses whatever has the focus once this is closed
        found.querySelector("button")?.click();
      });
      draw();
      const box = el(
        "div",
        { class: "picker-box" },
        el("label", { class: "search-row" }, icon("search"), input),
        found,
        other && otherButton(other, close),
      );
      box.addEventListener("keydown", (event) => step(event, box));
      return box;
    },
    { class: "sheet picker-sheet" },
  );
}

function otherButton({ label, pick }, close) {
  const onclick = () => {
    close();
    pick();
  };
  return el("button", { type: "button", class: "picker-foot", onclick }, icon("add"), label);
}

function step(event, box) {
  const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!by) return;
  event.preventDefault();
  const stops = [...box.querySelectorAll("input, .found button")];
  stops[
    Math.max(0, Math.min(stops.length - 1, stops.indexOf(document.activeElement) + by))
  ].focus();
}

function sections(words, only, shown, pick) {
  const people = (only ?? [...state.people.keys()]).filter((id) => isFound(words, person(id)));
  const groups = only
    ? []
    : [...state.chats.values()]
        .filter((one) => !isPrivate(one.id) && !one.migrated_to && includes(words, one.title))
        .map((one) => one.id);
  if (people.length + groups.length === 0) return el("p", { class: "hint" }, t("nobody_found"));
  return [section(t("people"), people, shown, pick), section(t("groups"), groups, shown, pick)];
}

function section(title, ids, shown, pick) {
  if (ids.length === 0) return null;
  return [
    el("h3", {}, `${title} · ${ids.length}`),
    ids.slice(0, MOST_FOUND).map((id) => line(id, shown(id), pick)),
  ];
}

function line(id, isShown, pick) {
  const group = !isPrivate(id);
  const hint = group
    ? t("members", { n: chat(id).members.length })
    : [noteOf(id), person(id).phone].filter(Boolean).join(" · ");
  return el(
    "button",
    { type: "button", role: "option", class: "found-line", onclick: () => pick(id) },
    avatar(id, "small"),
    el(
      "span",
      { class: "who" },
      el("strong", {}, group ? chatTitle(id) : personName(id)),
      el("span", { class: "note" }, hint),
    ),
    isShown && el("span", { class: "mark" }, t("shown_now")),
  );
}

function isFound(words, one) {
  const note =
    one.note && typeof one.note === "object" ? Object.values(one.note).join(" ") : one.note;
  return includes(
    words,
    [
      one.first_name,
      one.last_name,
      one.username,
      one.phone,
      one.phone?.replace(/\D/g, ""),
      note,
      one.id,
    ]
      .filter(Boolean)
      .join(" "),
  );
}

const includes = (words, text) =>
  words
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.toLowerCase().includes(word));
