/** Choosing a point on the drawn town: click, drag, arrow keys, or a named place. */

import { el, icon, iconButton, put, svg } from "./dom.js";
import { area, nearestPlace, pin, places, projection, scaleBar, townMap, written } from "./map.js";
import { sheet } from "./overlay.js";
import { t } from "./words.js";

const WIDTH = 340;
const HEIGHT = 270;
const SMALLEST_SPAN_KM = 0.8;
const LARGEST_SPAN_KM = 400;
const ZOOM = 1.6;
const DRAG_PX = 6;
const NEAR_KM = 1;
const STEPS_ACROSS = 24;
const WIDE_PX = 12; // a character of a label, as `.map-label` writes it
const NARROW_PX = 7;
const LINE_PX = 16;
const BESIDE_PX = 7;

/** Opens the picker in a pane. `ends` are `[label, done({lat, lon})]`; `at` is where the pin starts. */
export function pickPlace(pane, title, ends, at = null) {
  const start = at ?? lastPlaceOf(pane) ?? places()[0] ?? area();
  const picker = new Picker(
    { lat: start.lat, lon: start.lon },
    at ? area().spanKm / 4 : area().spanKm,
  );
  sheet(
    pane.node,
    title,
    (close) => [
      el("p", { class: "hint" }, `${t("pick_place")} · ${t("map_hint")}`),
      picker.node,
      el(
        "div",
        { class: "sheet-feet" },
        ends.map(([label, done], i) =>
          el(
            "button",
            {
              type: "button",
              class: i === 0 ? "main-button" : "plain-button",
              onclick: () => {
                close();
                lastPlaces.set(pane.person, picker.point);
                done(picker.point);
              },
            },
            label,
          ),
        ),
      ),
    ],
    { class: "sheet place-sheet" },
  );
  picker.map.focus({ preventScroll: true });
}

const lastPlaces = new Map(); // person id -> where they were last
const lastPlaceOf = (pane) => lastPlaces.get(pane.person);

class Picker {
  constructor(point, spanKm) {
    this.point = point;
    const whole = area();
    this.view = { lat: whole.lat, lon: whole.lon, spanKm };
    this.words = el("div", { class: "picked", role: "status" });
    this.map = el("div", {
      class: "picker-map",
      tabindex: "0",
      "aria-label": t("pick_place"),
      onkeydown: (event) => this.key(event),
      onpointerdown: (event) => this.hold(event),
      onwheel: (event) => this.wheel(event),
    });
    this.node = el(
      "div",
      { class: "picker" },
      el(
        "div",
        { class: "picker-frame" },
        this.map,
        el(
          "div",
          { class: "zoom" },
          iconButton("add", t("zoom_in"), () => this.zoom(1 / ZOOM)),
          iconButton("minus", t("zoom_out"), () => this.zoom(ZOOM)),
        ),
      ),
      this.words,
      this.presets(),
    );
    if (!this.isInView()) this.centre();
    this.draw();
  }

  presets() {
    const known = places();
    if (known.length === 0) return null;
    return el(
      "div",
      { class: "presets" },
      known.map((place) =>
        el(
          "button",
          { type: "button", class: "preset", onclick: () => this.go(place) },
          icon("pin"),
          place.name,
        ),
      ),
    );
  }

  draw() {
    this.frame = projection(this.view, WIDTH, HEIGHT);
    const drawing = townMap(this.frame, t("pick_place"));
    const taken = [];
    for (const place of places()) drawing.append(...this.label(place, taken));
    drawing.append(scaleBar(this.frame), pin(...this.frame.point(this.point), "chosen"));
    put(this.map, drawing);
    const near = nearestPlace(this.point.lat, this.point.lon, NEAR_KM);
    put(
      this.words,
      icon("pin"),
      el("span", { class: "coordinates" }, written(this.point.lat, this.point.lon)),
      near && el("span", {}, t("near", { name: near.name })),
    );
  }

  /** A dot, and its name where no other name stands. */
  label(place, taken) {
    const [x, y] = this.frame.point(place);
    if (x < 0 || y < 0 || x > WIDTH || y > HEIGHT) return [];
    const at = freeSide(x, y, place.name, taken);
    return [
      svg("circle", { class: "map-dot", cx: x, cy: y, r: 4 }),
      ...(at
        ? [svg("text", { class: "map-label", x: at.left, y: at.top + WIDE_PX }, place.name)]
        : []),
    ];
  }

  go({ lat, lon }) {
    this.point = { lat, lon };
    if (!this.isInView()) this.centre();
    this.draw();
  }

  isInView() {
    const [x, y] = projection(this.view, WIDTH, HEIGHT).point(this.point);
    return x > 12 && y > 30 && x < WIDTH - 12 && y < HEIGHT - 8;
  }

  centre() {
    this.view = { ...this.view, ...this.point };
  }

  zoom(by) {
    this.view = {
      ...this.view,
      ...this.point,
      spanKm: Math.min(LARGEST_SPAN_KM, Math.max(SMALLEST_SPAN_KM, this.view.spanKm * by)),
    };
    this.draw();
  }

  key(event) {
    if (event.key === "+" || event.key === "=") return this.zoom(1 / ZOOM);
    if (event.key === "-") return this.zoom(ZOOM);
    const [dx, dy] =
      { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key] ??
      [];
    if (dx === undefined) return undefined;
    event.preventDefault();
    const [x, y] = this.frame.point(this.point);
    return this.go(
      this.frame.place(x + (dx * WIDTH) / STEPS_ACROSS, y + (dy * WIDTH) / STEPS_ACROSS),
    );
  }

  wheel(event) {
    event.preventDefault();
    this.zoom(event.deltaY > 0 ? ZOOM : 1 / ZOOM);
  }

  /** A short press puts the pin; a longer way moves the map. */
  hold(event) {
    const from = this.frame;
    const start = this.pointOf(event);
    let moved = false;
    this.map.setPointerCapture(event.pointerId);
    const move = (next) => {
      const [x, y] = this.pointOf(next);
      if (!moved && Math.hypot(x - start[0], y - start[1]) < DRAG_PX) return;
      moved = true;
      this.view = {
        ...this.view,
        ...from.place(WIDTH / 2 - (x - start[0]), HEIGHT / 2 - (y - start[1])),
      };
      this.draw();
    };
    const end = () => {
      this.map.removeEventListener("pointermove", move);
      if (!moved) this.go(this.frame.place(...start));
    };
    this.map.addEventListener("pointermove", move);
    this.map.addEventListener("pointerup", end, { once: true });
  }

  /** Where a pointer is, in units of the drawing (which fills its box, cut at the longer side). */
  pointOf(event) {
    const box = this.map.getBoundingClientRect();
    const scale = Math.max(box.width / WIDTH, box.height / HEIGHT);
    return [
      (event.clientX - box.left - box.width / 2) / scale + WIDTH / 2,
      (event.clientY - box.top - box.height / 2) / scale + HEIGHT / 2,
    ];
  }
}

/** The first box beside a dot that lies inside the map and on no name before it; null if none. */
function freeSide(x, y, name, taken) {
  const width = [...name].reduce((sum, one) => sum + (one > "\u2e7f" ? WIDE_PX : NARROW_PX), 0);
  const middle = y - LINE_PX / 2;
  const sides = [
    [x + BESIDE_PX, middle],
    [x - BESIDE_PX - width, middle],
    [x - width / 2, y + BESIDE_PX],
    [x - width / 2, y - BESIDE_PX - LINE_PX],
  ];
  const boxes = sides.map(([left, top]) => ({
    left,
    top,
    right: left + width,
    bottom: top + LINE_PX,
  }));
  const map = { left: 0, right: WIDTH, top: 0, bottom: HEIGHT };
  const free = boxes.find(
    (box) => inside(map, box) && !taken.some((one) => overlap(one, box)),
  );
  if (free) taken.push(free);
  return free ?? null;
}

const inside = (map, box) =>
  map.left < box.left && box.right < map.right && map.top < box.top && box.bottom < map.bottom;

const overlap = (a, b) =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
