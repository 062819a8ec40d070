/** Draws a text with its Bot API entities (UTF-16 offsets, as in JavaScript) as safe DOM nodes. */

import { el } from "./dom.js";

const LINK_SCHEMES = ["http:", "https:", "tel:", "mailto:", "tg:"];
const PHONE = /(?<![\w+.,/-])(?:\+?\d[\d -]{5,16}\d)(?![\w/.-]*\d)/g;
const FEWEST_PHONE_DIGITS = 7;

/**
 * Nodes for `text`. `acts` are what a press inside the text does:
 * `{command(text), person(id), link(url) -> bool taken, copy(text)}`.
 */
export function richText(text, entities = [], acts = {}) {
  const sorted = [...entities].sort((a, b) => a.offset - b.offset || b.length - a.length);
  return nodes(text, 0, text.length, sorted, acts);
}

function nodes(text, from, to, entities, acts) {
  const out = [];
  let at = from;
  let rest = entities;
  while (rest.length > 0) {
    const [entity, ...others] = rest;
    const start = Math.max(entity.offset, at);
    const end = Math.min(entity.offset + entity.length, to);
    const inside = others.filter((one) => one.offset < end);
    rest = others.filter((one) => one.offset >= end);
    if (end <= start) continue;
    out.push(...plain(text.slice(at, start)));
    const piece = text.slice(start, end);
    out.push(
      wrap(
        entity,
        piece,
        () => (inside.length > 0 ? nodes(text, start, end, inside, acts) : inner(entity, piece)),
        acts,
      ),
    );
    at = end;
  }
  out.push(...plain(text.slice(at, to)));
  return out;
}

const LINKED = [
  "url",
  "text_link",
  "email",
  "phone_number",
  "code",
  "pre",
  "bot_command",
  "mention",
  "text_mention",
];

/** Inside links and code a number stays a plain number. */
const inner = (entity, piece) => (LINKED.includes(entity.type) ? [piece] : plain(piece));

/** Telegram's apps make phone numbers tappable by themselves; so does this. */
function plain(piece) {
  const out = [];
  let at = 0;
  for (const found of piece.matchAll(PHONE)) {
    if (found[0].replace(/\D/g, "").length < FEWEST_PHONE_DIGITS || looksLikeDate(found[0]))
      continue;
    out.push(piece.slice(at, found.index), phoneLink(found[0]));
    at = found.index + found[0].length;
  }
  out.push(piece.slice(at));
  return out.filter((part) => part !== "");
}

const looksLikeDate = (found) => /^(19|20)\d\d-?[01]\d-?[0-3]\d(?!\d)/.test(found);

const phoneLink = (shown) => el("a", { href: `tel:${shown.replace(/[^\d+]/g, "")}` }, shown);

const SIMPLE = { bold: "strong", italic: "em", underline: "u", strikethrough: "s" };

function wrap(entity, piece, children, acts) {
  if (SIMPLE[entity.type]) return el(SIMPLE[entity.type], {}, children());
  const draw = DRAWN[entity.type];
  return draw ? draw(entity, piece, children, acts) : el("span", {}, children());
}

const DRAWN = {
  code: (entity, piece, children, acts) => el("code", copying(piece, acts), children()),
  pre: (entity, piece, children, acts) =>
    el(
      "pre",
      { dataset: { language: entity.language ?? "" }, ...copying(piece, acts) },
      el("code", {}, children()),
    ),
  blockquote: (entity, piece, children) => el("blockquote", {}, children()),
  expandable_blockquote: (entity, piece, children) => foldedQuote(children()),
  spoiler: (entity, piece, children) => spoiler(children()),
  url: (entity, piece, children, acts) =>
    link(piece.includes("://") ? piece : `https://${piece}`, children(), acts),
  text_link: (entity, piece, children, acts) => link(entity.url, children(), acts),
  email: (entity, piece, children, acts) => link(`mailto:${piece}`, children(), acts),
  phone_number: (entity, piece) => phoneLink(piece),
  bot_command: (entity, piece, children, acts) =>
    pressable(children(), acts.command && (() => acts.command(piece))),
  text_mention: (entity, piece, children, acts) =>
    mention(children(), acts.person && (() => acts.person(entity.user.id))),
  mention: (entity, piece, children) => mention(children()),
  hashtag: (entity, piece, children) => el("span", { class: "tag" }, children()),
  cashtag: (entity, piece, children) => el("span", { class: "tag" }, children()),
};

/** A tap copies; whoever has selected a part of it wants that part. */
function copying(piece, acts) {
  if (!acts.copy) return {};
  return {
    class: "copied-by-tap",
    onclick: () => getSelection().isCollapsed && acts.copy(piece),
  };
}

function foldedQuote(children) {
  const quote = el("blockquote", { class: "folded", tabindex: "0", role: "button" }, children);
  const toggle = () => quote.classList.toggle("folded");
  quote.addEventListener("click", toggle);
  quote.addEventListener("keydown", (event) => {
    if (event.key === "Enter") toggle();
  });
  return quote;
}

function spoiler(children) {
  const hidden = el("span", { class: "spoiler", tabindex: "0", role: "button" }, children);
  const show = () => hidden.classList.add("open");
  hidden.addEventListener("click", show);
  hidden.addEventListener("keydown", (event) => {
    if (event.key === "Enter") show();
  });
  return hidden;
}

const pressable = (children, onclick) =>
  el("button", { type: "button", class: "text-button", onclick }, children);

function mention(children, onclick) {
  return onclick
    ? el("button", { type: "button", class: "text-button mention", onclick }, children)
    : el("span", { class: "mention" }, children);
}

/** A link opens elsewhere only for schemes a chat app would open; anything else stays text. */
function link(url, children, acts) {
  const target = parsed(url);
  if (!target || !LINK_SCHEMES.includes(target.protocol)) return el("span", {}, children);
  const onclick = (event) => {
    if (acts.link?.(target)) event.preventDefault();
  };
  return el(
    "a",
    { href: target.href, target: "_blank", rel: "noopener noreferrer", title: url, onclick },
    children,
  );
}

function parsed(url) {
  try {
    return new URL(url);
  } catch {
    return null;
  }
}
