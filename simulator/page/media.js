/** Photos, voice notes, files, contacts: what hangs on a message besides its text. */

import { el, icon, put, svg } from "./dom.js";
import { placeCard } from "./place.js";
import { person } from "./store.js";
import { t } from "./words.js";
import { fileUrl } from "./wire.js";

const WAVE_BARS = 30;

/** The node for what the message carries, or null for a text. */
export function media(message, acts) {
  if (message.location || message.venue) return placeCard(message);
  const kind = Object.keys(DRAWN).find((name) => message[name]);
  return kind ? DRAWN[kind](message[kind], acts) : null;
}

/** One word (with its sign) for a message in a quote or a list. */
export function kindWord(message) {
  if (message.location || message.venue) return `📍 ${t("place_word")}`;
  const kind = Object.keys(SIGNS).find((name) => message[name]);
  return kind ? SIGNS[kind]() : t("unknown_kind");
}

const SIGNS = {
  photo: () => `🖼 ${t("photo")}`,
  voice: () => `🎤 ${t("voice")}`,
  audio: () => `🎵 ${t("voice")}`,
  document: () => `📄 ${t("document")}`,
  contact: () => `👤 ${t("contact")}`,
  sticker: () => t("sticker"),
  poll: () => `📊 ${t("poll")}`,
};

const DRAWN = {
  photo: (sizes, acts) => photo(sizes, acts),
  voice: (voice) => voiceNote(voice),
  audio: (audio) => voiceNote(audio),
  document: (file) => fileCard(file),
  contact: (contact) => contactCard(contact),
  sticker: (sticker) => el("span", { class: "sticker" }, sticker.emoji ?? "▢"),
  poll: (poll) =>
    el(
      "div",
      { class: "poll" },
      el("strong", {}, poll.question),
      el(
        "ul",
        {},
        poll.options.map((one) => el("li", {}, one.text)),
      ),
    ),
};

function photo(sizes, acts) {
  const largest = sizes.reduce((best, size) =>
    size.width * size.height > best.width * best.height ? size : best,
  );
  const image = el("img", {
    src: fileUrl(largest.file_id),
    alt: t("photo"),
    width: largest.width,
    height: largest.height,
    loading: "lazy",
  });
  return el(
    "button",
    {
      type: "button",
      class: "photo",
      title: t("photo"),
      onclick: () => acts.enlarge(fileUrl(largest.file_id)),
    },
    image,
  );
}

function voiceNote(voice) {
  const sound = el("audio", { src: fileUrl(voice.file_id), preload: "none" });
  const button = el(
    "button",
    { type: "button", class: "round", title: t("play"), "aria-label": t("play") },
    icon("play"),
  );
  button.addEventListener("click", () =>
    sound.paused ? sound.play().catch(() => {}) : sound.pause(),
  );
  sound.addEventListener("play", () => put(button, icon("pause")));
  for (const ended of ["pause", "ended"])
    sound.addEventListener(ended, () => put(button, icon("play")));
  return el(
    "div",
    { class: "voice" },
    button,
    wave(voice.file_unique_id ?? voice.file_id),
    el("span", { class: "small" }, duration(voice.duration ?? 0)),
    sound,
  );
}

function wave(seed) {
  const bars = svg("svg", {
    class: "wave",
    viewBox: `0 0 ${WAVE_BARS * 4} 24`,
    "aria-hidden": "true",
  });
  for (let i = 0; i < WAVE_BARS; i += 1) {
    const tall = 4 + ((seed.charCodeAt(i % seed.length) * (i + 7)) % 17);
    bars.append(svg("rect", { x: i * 4, y: (24 - tall) / 2, width: 2.4, height: tall, rx: 1.2 }));
  }
  return bars;
}

const duration = (seconds) =>
  `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;

function fileCard(file) {
  return el(
    "a",
    { class: "file", href: fileUrl(file.file_id), download: file.file_name ?? "file" },
    el("span", { class: "round" }, icon("file")),
    el(
      "span",
      { class: "file-words" },
      el("strong", {}, file.file_name ?? t("document")),
      el("span", { class: "small" }, size(file.file_size ?? 0)),
    ),
  );
}

function size(bytes) {
  if (bytes < 1024) return `${bytes} B`;
  return bytes < 1024 * 1024
    ? `${(bytes / 1024).toFixed(1)} KB`
    : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

/** An account's number as its owner writes it: Telegram passes on bare digits. Other numbers as they came. */
const written = (contact) => person(contact.user_id)?.phone ?? contact.phone_number;

function contactCard(contact) {
  const name = [contact.first_name, contact.last_name].filter(Boolean).join(" ");
  const number = written(contact);
  return el(
    "div",
    { class: "file" },
    el("span", { class: "round" }, icon("contact")),
    el(
      "span",
      { class: "file-words" },
      el("strong", {}, name),
      el("a", { href: `tel:${number.replace(/[^\d+]/g, "")}` }, number),
    ),
  );
}
