/** Names, notes and avatars of people, the bot and chats. */

import { el, icon } from "./dom.js";
import { chat, isPrivate, person, state } from "./store.js";
import { both } from "./words.js";

const COLOURS = 8;

export const nameOf = (user) =>
  user ? [user.first_name, user.last_name].filter(Boolean).join(" ") : "";

export const personName = (id) =>
  id === state.bot?.id ? state.bot.first_name : nameOf(person(id)) || String(id);

/** What somebody is (role, region), from the cast; empty when nothing is known. */
export const noteOf = (id) => both(person(id)?.note);

export const chatTitle = (id) =>
  isPrivate(id) ? state.bot.first_name : (chat(id)?.title ?? String(id));

export const colourOf = (id) => Math.abs(Number(id)) % COLOURS;

/** A round picture: the first letters of a name on a colour of the id. */
export function avatar(id, size = "") {
  const name = id === state.bot?.id || isPrivate(id) ? personName(id) : chatTitle(id);
  const shown = id === state.bot?.id ? icon("bot") : letters(name);
  return el(
    "span",
    { class: `avatar colour-${colourOf(id)} ${size}`, "aria-hidden": "true" },
    shown,
  );
}

function letters(name) {
  const words = name.trim().split(/\s+/);
  const latin = /^[\p{Script=Latin}\d]/u.test(name);
  return latin
    ? words
        .slice(0, 2)
        .map((word) => [...word][0].toUpperCase())
        .join("")
    : ([...name][0] ?? "?");
}
