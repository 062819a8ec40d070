/**
 * Builds DOM nodes. Text from people and bots only ever becomes text nodes: nothing on this page
 * parses HTML out of data.
 */

const SVG_NS = "http://www.w3.org/2000/svg";

/** A new element: `on…` props are listeners, `dataset` is spread, true is an empty attribute. */
export function el(tag, props = {}, ...children) {
  return fill(document.createElement(tag), props, children);
}

/** The same for SVG elements. */
export function svg(tag, props = {}, ...children) {
  return fill(document.createElementNS(SVG_NS, tag), props, children);
}

function fill(node, props, children) {
  for (const [key, value] of Object.entries(props)) setProp(node, key, value);
  node.append(...shown(children));
  return node;
}

function setProp(node, key, value) {
  if (value === undefined || value === null || value === false) return;
  if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
  else if (key === "dataset") Object.assign(node.dataset, value);
  else node.setAttribute(key, value === true ? "" : String(value));
}

function shown(children) {
  return children
    .flat(Infinity)
    .filter((child) => child !== null && child !== undefined && child !== false && child !== "");
}

/** Replaces what is inside a node. */
export function put(node, ...children) {
  node.replaceChildren(...shown(children));
  return node;
}

/** Stroke paths on a 24 x 24 grid. */
const ICONS = {
  attach:
    "M20.5 11.5 12.6 19.4a5 5 0 0 1-7.1-7.1L13.8 4a3.3 3.3 0 0 1 4.7 4.7L10.4 16.8a1.7 1.7 0 0 1-2.4-2.4L15.3 7.1",
  send: "M4 12 20 4l-5 16-3.5-6.5zM11.5 13.5 20 4",
  slash: "M4.5 4.5h15v15h-15zM13.8 8l-3.6 8",
  keyboard: "M3 6.5h18v11H3zM6.5 10h.01M10 10h.01M14 10h.01M17.5 10h.01M8 14h8",
  close: "M6 6l12 12M18 6 6 18",
  more: "M12 5.2v.1M12 12v.1M12 18.8v.1",
  bot: "M5 8.5h14v10.5H5zM12 8.5V4.5M9 12.5v1.5M15 12.5v1.5M2.5 12v3.5M21.5 12v3.5",
  reply: "M9.5 6 4 11.5 9.5 17M4.5 11.5H14a6 6 0 0 1 6 6V19",
  add: "M12 5v14M5 12h14",
  person: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM4.5 20a7.5 7.5 0 0 1 15 0",
  group:
    "M9 11.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7ZM2.5 19.5a6.5 6.5 0 0 1 13 0M16 4.8a3.5 3.5 0 0 1 0 6.4M18 13.6a6.5 6.5 0 0 1 3.5 5.9",
  pin: "M12 21s7-6.2 7-11.5a7 7 0 0 0-14 0C5 14.8 12 21 12 21ZM12 12a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5Z",
  live: "M12 13.5a1.5 1.5 0 1 0 0-3 1.5 1.5 0 0 0 0 3ZM8 16a5.6 5.6 0 0 1 0-8M16 8a5.6 5.6 0 0 1 0 8M5 19a10 10 0 0 1 0-14M19 5a10 10 0 0 1 0 14",
  image: "M4 5h16v14H4zM4 16l4.5-4.5 4 4 3-3L20 17M15 9.5h.01",
  mic: "M12 14.5a3 3 0 0 0 3-3v-5a3 3 0 0 0-6 0v5a3 3 0 0 0 3 3ZM6 11.5a6 6 0 0 0 12 0M12 17.5V21",
  file: "M6.5 3.5h7l4.5 4.5v12.5h-11.5zM13.5 3.5V8H18",
  contact: "M4 5h16v14H4zM9 12a2 2 0 1 0 0-4 2 2 0 0 0 0 4ZM6 16a3 3 0 0 1 6 0M15 9.5h3M15 13h3",
  link: "M8 16 17 7M9.5 7H17v7.5",
  copy: "M9 9h11v11H9zM5 15H4V4h11v1",
  play: "M8 5.5v13l10.5-6.5z",
  pause: "M8 5.5v13M16 5.5v13",
  forward: "M4 6v12l8-6zM13 6v12l8-6z",
  search: "M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13ZM15.5 15.5 20 20",
  down: "M6 9.5 12 15.5 18 9.5",
  no_signal: "M5 19v-4M10 19v-7M15 19v-10M20 19V5M4 4l16 16",
  block: "M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17ZM6 6l12 12",
  eye: "M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12ZM12 14.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5Z",
  up: "M12 19V6M6 11.5 12 5.5l6 6",
  globe:
    "M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17ZM3.5 12h17M12 3.5c5 5 5 12 0 17M12 3.5c-5 5-5 12 0 17",
  check: "M5 12.5 10 17.5 19.5 7",
  pinned: "M9 4h6l-.8 6 3.3 3.5h-11L9.8 10zM12 13.5V20",
  minus: "M5 12h14",
  star: "M12 3.8l2.5 5.2 5.7.8-4.1 4 1 5.7-5.1-2.7-5.1 2.7 1-5.7-4.1-4 5.7-.8Z",
  tip: "M9.5 18h5M10.5 21h3M8.5 14.5a5.5 5.5 0 1 1 7 0c-.8.7-1 1.5-1 3.5h-5c0-2-.2-2.8-1-3.5Z",
};

/** An icon that is decoration only (its button carries the words). */
export function icon(name) {
  return svg(
    "svg",
    { class: `icon icon-${name}`, viewBox: "0 0 24 24", "aria-hidden": "true" },
    svg("path", { d: ICONS[name] }),
  );
}

/** A button that shows only an icon; `label` is what a screen reader and the tooltip say. */
export function iconButton(name, label, onclick, props = {}) {
  return el(
    "button",
    { type: "button", class: "icon-button", title: label, "aria-label": label, onclick, ...props },
    icon(name),
  );
}

/**
 * Keeps the children of `parent` in step with `keys`, touching only what changed, so that a button
 * under somebody's finger or focus is never replaced. `make(key)` gives a node, `update(node, key)` refreshes it.
 */
export function keyed(parent, keys, make, update) {
  const there = new Map([...parent.children].map((node) => [node.dataset.key, node]));
  keys.forEach((key, i) => {
    let node = there.get(String(key));
    if (!node) {
      node = make(key);
      node.dataset.key = key;
    }
    there.delete(String(key));
    if (parent.children[i] !== node) parent.insertBefore(node, parent.children[i] ?? null);
    update(node, key);
  });
  for (const gone of there.values()) gone.remove();
}

/** Writes a count into a badge; nothing is shown for none. */
export function setBadge(badge, n, title) {
  badge.hidden = n === 0;
  badge.title = n === 0 ? "" : title;
  const words = n > MOST_COUNTED ? `${MOST_COUNTED}+` : String(n || "");
  if (badge.textContent !== words) badge.textContent = words;
}

const MOST_COUNTED = 99;
