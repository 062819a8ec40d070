/**
 * Draws a made-up town as SVG: no tiles, nothing from outside. The town is a function of the
 * coordinates alone, so a place looks the same on a card, in the picker and on every phone.
 */

import { svg } from "./dom.js";
import { state } from "./store.js";
import { both } from "./words.js";

const KM_PER_DEGREE = 111.32;
const STEPS_KM = [0.25, 0.5, 1, 2, 5, 10, 25, 50];
const MOST_ROADS = 14;
const RIVER_EVERY_KM = 26;
const FALLBACK_CENTRE = { lat: 31.23, lon: 121.4 };
const FALLBACK_SPAN_KM = 24;
const SMALLEST_AREA_KM = 6;

/** Named places of the cast: `{name, lat, lon}`. */
export const places = () =>
  (state.page.places ?? []).map((place) => ({ ...place, name: both(place.name) }));

/** Where the company is: the middle of its places and how wide they spread. */
export function area() {
  const known = places();
  if (known.length === 0) return { ...FALLBACK_CENTRE, spanKm: FALLBACK_SPAN_KM };
  const lats = known.map((place) => place.lat);
  const lons = known.map((place) => place.lon);
  const lat = (Math.min(...lats) + Math.max(...lats)) / 2;
  const lon = (Math.min(...lons) + Math.max(...lons)) / 2;
  const spread =
    Math.max(Math.max(...lons) - Math.min(...lons), Math.max(...lats) - Math.min(...lats)) *
    KM_PER_DEGREE;
  return { lat, lon, spanKm: Math.max(SMALLEST_AREA_KM, spread * 1.35) };
}

/** The named place nearest to a point, if one lies within `withinKm`. */
export function nearestPlace(lat, lon, withinKm) {
  const near = places()
    .map((place) => ({ place, km: distanceKm(place, { lat, lon }) }))
    .filter(({ km }) => km <= withinKm);
  near.sort((a, b) => a.km - b.km);
  return near[0]?.place;
}

function distanceKm(a, b) {
  return Math.hypot(toX(a.lon) - toX(b.lon), toY(a.lat) - toY(b.lat));
}

const squeeze = () => Math.cos((area().lat * Math.PI) / 180);
const toX = (lon) => lon * KM_PER_DEGREE * squeeze();
const toY = (lat) => -lat * KM_PER_DEGREE;

/** Turns coordinates into points of a drawing and back. `spanKm` is the width. */
export function projection({ lat, lon, spanKm }, width, height) {
  const scale = width / spanKm;
  const left = toX(lon) - width / 2 / scale;
  const top = toY(lat) - height / 2 / scale;
  return {
    left,
    top,
    scale,
    width,
    height,
    point: (place) => [(toX(place.lon) - left) * scale, (toY(place.lat) - top) * scale],
    place: (x, y) => ({
      lat: -(y / scale + top) / KM_PER_DEGREE,
      lon: (x / scale + left) / KM_PER_DEGREE / squeeze(),
    }),
  };
}

/** The drawing of the town; pins and labels are added by whoever asked for it. */
export function townMap(frame, label) {
  return svg(
    "svg",
    {
      class: "map",
      viewBox: `0 0 ${frame.width} ${frame.height}`,
      preserveAspectRatio: "xMidYMid slice",
      role: "img",
      "aria-label": label,
    },
    svg("rect", { class: "map-land", width: frame.width, height: frame.height }),
    greens(frame),
    rivers(frame),
    roads(frame),
  );
}

function noise(a, b = 0) {
  const mixed = Math.sin(a * 127.1 + b * 311.7) * 43758.5453;
  return mixed - Math.floor(mixed);
}

const stepFor = (spanKm, most) => STEPS_KM.find((step) => spanKm / step <= most) ?? STEPS_KM.at(-1);

function* indexes(from, lengthKm, step) {
  for (let i = Math.floor(from / step) - 1; i * step <= from + lengthKm + step; i += 1) yield i;
}

function greens(frame) {
  const width = frame.width / frame.scale;
  const step = stepFor(width, MOST_ROADS) * 2;
  const cells = svg("g", { class: "map-greens" });
  for (const i of indexes(frame.left, width, step)) {
    for (const j of indexes(frame.top, frame.height / frame.scale, step)) {
      const luck = noise(i * step, j * step);
      if (luck > 0.24) continue;
      const size = step * frame.scale;
      const x = (i * step - frame.left) * frame.scale;
      const y = (j * step - frame.top) * frame.scale;
      cells.append(
        svg("rect", {
          class: luck < 0.05 ? "map-water" : "map-green",
          x: x + size * 0.12,
          y: y + size * 0.12,
          width: size * (0.4 + luck * 2),
          height: size * (0.7 - luck),
          rx: size * 0.1,
        }),
      );
    }
  }
  return cells;
}

function rivers(frame) {
  const heightKm = frame.height / frame.scale;
  const bends = (km) => 3.2 * Math.sin(km / 5.1) + 1.1 * Math.sin(km / 1.9);
  const found = svg("g", { class: "map-rivers" });
  for (const j of indexes(frame.top - 6, heightKm + 12, RIVER_EVERY_KM)) {
    const points = [];
    for (let x = -20; x <= frame.width + 20; x += 12) {
      const km = frame.left + x / frame.scale;
      points.push(
        `${x.toFixed(1)},${((j * RIVER_EVERY_KM + 9 + bends(km) - frame.top) * frame.scale).toFixed(1)}`,
      );
    }
    found.append(
      svg("polyline", {
        class: "map-river",
        points: points.join(" "),
        "stroke-width": Math.max(5, 0.5 * frame.scale),
      }),
    );
  }
  return found;
}

function roads(frame) {
  const widthKm = frame.width / frame.scale;
  const heightKm = frame.height / frame.scale;
  const step = stepFor(widthKm, MOST_ROADS);
  const drawn = svg("g");
  const lines = [];
  for (const i of indexes(frame.left, widthKm, step)) {
    const x = (i * step + bent(i * step) - frame.left) * frame.scale;
    lines.push([rank(i), { x1: x, x2: x + tilt(i), y1: 0, y2: frame.height }]);
  }
  for (const j of indexes(frame.top, heightKm, step)) {
    const y = (j * step + bent(j * step + 0.5) - frame.top) * frame.scale;
    lines.push([rank(j), { x1: 0, x2: frame.width, y1: y, y2: y - tilt(j) }]);
  }
  lines.sort(([a], [b]) => a - b);
  for (const [weight, ends] of lines)
    drawn.append(svg("line", { class: `map-road rank-${weight}`, ...ends }));
  return drawn;
}

const bent = (km) => (noise(km) - 0.5) * 0.18;
const tilt = (i) => (i % 4 === 0 ? 9 : 3);
const rank = (i) => (i % 8 === 0 ? 2 : i % 4 === 0 ? 1 : 0);

/** The usual drop-shaped pin with its tip at (x, y). */
export function pin(x, y, kind = "") {
  return svg(
    "g",
    { class: `map-pin ${kind}`, transform: `translate(${x.toFixed(1)} ${y.toFixed(1)})` },
    svg("ellipse", { class: "map-pin-shadow", cx: 0, cy: 0, rx: 6, ry: 2.5 }),
    svg("path", { d: "M0 0C-3-9-11-13-11-22a11 11 0 1 1 22 0C11-13 3-9 0 0Z" }),
    svg("circle", { cx: 0, cy: -22, r: 4.2 }),
  );
}

/** A length bar that says how far things are. */
export function scaleBar(frame) {
  const km =
    [...STEPS_KM].reverse().find((step) => step * frame.scale <= frame.width / 3) ?? STEPS_KM[0];
  const y = frame.height - 10;
  return svg(
    "g",
    { class: "map-scale" },
    svg("path", { d: `M10 ${y - 5}v5h${(km * frame.scale).toFixed(1)}v-5` }),
    svg("text", { x: 14, y: y - 4 }, km < 1 ? `${km * 1000} m` : `${km} km`),
  );
}

export const written = (lat, lon) => `${lat.toFixed(5)}, ${lon.toFixed(5)}`;
