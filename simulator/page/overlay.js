/** What opens above a pane or the page: sheets, alerts, toasts, menus. Escape closes; focus goes back. */

import { el, icon, iconButton } from "./dom.js";
import { t } from "./words.js";

const TOAST_MS = 3500;
const MOST_TOASTS = 3;

/** Opens a sheet inside `host`; `content(close)` gives its nodes. Returns the function that closes it. */
export function sheet(host, title, content, props = {}) {
  const before = document.activeElement;
  const close = () => {
    layer.remove();
    before?.focus?.({ preventScroll: true });
  };
  const box = el(
    "div",
    {
      class: "sheet",
      role: "dialog",
      "aria-modal": "true",
      "aria-label": title,
      tabindex: "-1",
      ...props,
    },
    el(
      "header",
      { class: "sheet-head" },
      el("h2", {}, title),
      iconButton("close", t("cancel"), close),
    ),
    content(close),
  );
  const layer = el(
    "div",
    {
      class: "layer",
      onclick: (event) => {
        if (event.target === layer) close();
      },
    },
    box,
  );
  layer.addEventListener("keydown", (event) => keepInside(event, box, close));
  host.append(layer);
  (box.querySelector("[data-first]") ?? box).focus({ preventScroll: true });
  return close;
}

function keepInside(event, box, close) {
  if (event.key === "Escape") {
    event.stopPropagation();
    close();
  }
  if (event.key !== "Tab") return;
  const stops = [
    ...box.querySelectorAll("button, a[href], input, select, textarea, [tabindex='0']"),
  ].filter((one) => !one.disabled && one.offsetParent !== null);
  const edge = event.shiftKey ? stops[0] : stops.at(-1);
  if (document.activeElement !== edge && document.activeElement !== box) return;
  if (document.activeElement === box && !event.shiftKey) return;
  event.preventDefault();
  (event.shiftKey ? stops.at(-1) : stops[0])?.focus();
}

/** A text somebody must confirm having seen. */
export function alertIn(host, title, text) {
  return sheet(
    host,
    title,
    (close) =>
      el(
        "div",
        { class: "alert" },
        el("p", {}, text),
        el(
          "button",
          { type: "button", class: "main-button", "data-first": true, onclick: close },
          t("ok"),
        ),
      ),
    { class: "sheet small-sheet", role: "alertdialog" },
  );
}

/** A passing line over `host`. */
export function toastIn(host, text) {
  let shelf = host.querySelector(":scope > .toasts");
  if (!shelf)
    host.append((shelf = el("div", { class: "toasts", role: "status", "aria-live": "polite" })));
  const toast = el("div", { class: "toast" }, text);
  shelf.append(toast);
  while (shelf.children.length > MOST_TOASTS) shelf.firstChild.remove();
  setTimeout(() => toast.remove(), TOAST_MS);
}

/** A picture over the whole page. */
export function enlarge(url) {
  sheet(
    document.body,
    t("photo"),
    (close) =>
      el(
        "button",
        {
          type: "button",
          class: "enlarged",
          "data-first": true,
          onclick: close,
          "aria-label": t("ok"),
        },
        el("img", { src: url, alt: t("photo") }),
      ),
    { class: "sheet wide-sheet" },
  );
}

/** A menu at `anchor`; items are `{icon, label, hint, danger, pick}` or null for a line. */
export function menu(anchor, items) {
  const before = document.activeElement;
  const close = () => {
    layer.remove();
    before?.focus?.({ preventScroll: true });
  };
  const list = el(
    "div",
    { class: "menu", role: "menu" },
    items.map((item) => (item ? menuItem(item, close) : el("hr"))),
  );
  const layer = el(
    "div",
    {
      class: "menu-layer",
      onpointerdown: (event) => {
        if (event.target === layer) close();
      },
    },
    list,
  );
  list.addEventListener("keydown", (event) => walk(event, list, close));
  document.body.append(layer);
  beside(list, anchor);
  list.querySelector("button")?.focus({ preventScroll: true });
}

function menuItem({ icon: sign, label, hint, danger, pick }, close) {
  const onclick = () => {
    close();
    pick();
  };
  return el(
    "button",
    { type: "button", role: "menuitem", class: danger ? "danger" : "", onclick },
    icon(sign),
    el("span", { class: "menu-words" }, label, hint && el("small", {}, hint)),
  );
}

function walk(event, list, close) {
  if (event.key === "Escape" || event.key === "Tab") {
    event.preventDefault();
    close();
    return;
  }
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) return;
  event.preventDefault();
  const stops = [...list.querySelectorAll("button")];
  stops[(stops.indexOf(document.activeElement) + step + stops.length) % stops.length].focus();
}

const MARGIN = 8;

function beside(list, anchor) {
  const at = anchor.getBoundingClientRect();
  const { width, height } = list.getBoundingClientRect();
  const below = at.bottom + height + MARGIN < innerHeight;
  list.style.left = `${Math.max(MARGIN, Math.min(at.left, innerWidth - width - MARGIN))}px`;
  list.style.top = `${below ? at.bottom + 4 : Math.max(MARGIN, at.top - height - 4)}px`;
}
