/** Places in chat: a card with a small drawn map, coordinates, an address, a live badge. */

import { el, icon, put } from "./dom.js";
import { nearestPlace, pin, projection, townMap, written } from "./map.js";
import { standInNow } from "./time.js";
import { t } from "./words.js";

const WIDTH = 280;
const HEIGHT = 140;
const SPAN_KM = 2.4;
const NEAR_KM = 0.6;

/** The card of a message that has a location or a venue. */
export function placeCard(message) {
  const { latitude: lat, longitude: lon } = message.location ?? message.venue.location;
  const frame = projection({ lat, lon, spanKm: SPAN_KM }, WIDTH, HEIGHT);
  const map = townMap(frame, t("place_word"));
  map.append(pin(WIDTH / 2, HEIGHT / 2 + 12, liveMinutes(message) > 0 ? "live" : ""));
  return el(
    "div",
    { class: "place" },
    map,
    el(
      "div",
      { class: "place-words" },
      title(message, lat, lon),
      address(message),
      el("span", { class: "coordinates", title: t("coordinates") }, written(lat, lon)),
      liveBadge(message),
    ),
  );
}

function title(message, lat, lon) {
  const near = nearestPlace(lat, lon, NEAR_KM);
  const words = message.venue?.title ?? (near && t("near", { name: near.name }));
  return words && el("strong", {}, words);
}

const address = (message) =>
  message.venue?.address && el("span", { class: "address" }, message.venue.address);

const LASTS_FOR_EVER = 0x7fffffff;

/** Whole minutes a live location still lasts, rounded up; 0 when it is over or was never live. */
export function liveMinutes(message) {
  const period = message.location?.live_period;
  if (!period) return 0;
  if (period === LASTS_FOR_EVER) return Infinity;
  return Math.max(0, Math.ceil((message.date + period - standInNow() / 1000) / 60));
}

function liveBadge(message) {
  if (!message.location?.live_period) return null;
  const badge = el("span", { class: "live-badge" });
  refreshLive(badge, message);
  badge.refresh = () => refreshLive(badge, message);
  return badge;
}

function refreshLive(badge, message) {
  const left = liveMinutes(message);
  const words = left > 0 ? t("live_left", { n: left === Infinity ? "∞" : left }) : t("live_over");
  if (badge.textContent === words) return;
  badge.classList.toggle("over", left === 0);
  put(badge, icon("live"), words);
}
