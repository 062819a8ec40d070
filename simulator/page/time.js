/** The stand-in's time, as the page sees it run, and how it is written. */

import { on, state } from "./store.js";
import { locale, t } from "./words.js";

const DEFAULT_ZONE = "Asia/Shanghai";
const TICK_MS = 250;

let base = { now: Date.now(), at: performance.now(), rate: 1 };
const tickers = new Set();

on("clock", ({ now, rate }) => {
  base = { now: Date.parse(now), at: performance.now(), rate };
  tick();
});

setInterval(() => tick(), TICK_MS);

function tick() {
  for (const ticker of tickers) ticker();
}

/** Calls back a few times a second and whenever the clock was moved. */
export function onTick(ticker) {
  tickers.add(ticker);
  return () => tickers.delete(ticker);
}

/** Milliseconds since 1970 in the stand-in's time. */
export const standInNow = () => base.now + (performance.now() - base.at) * base.rate;

export const clockRate = () => base.rate;

const zone = () => state.page.timezone ?? DEFAULT_ZONE;

const writers = new Map(); // making a formatter costs far more than using one

const write = (ms, options) => writer(options).format(ms);

function writer(options) {
  const key = `${locale()} ${zone()} ${Object.keys(options)} ${Object.values(options)}`;
  if (!writers.has(key))
    writers.set(key, new Intl.DateTimeFormat(locale(), { timeZone: zone(), ...options }));
  return writers.get(key);
}

export const hourMinute = (seconds) =>
  write(seconds * 1000, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });

export const clockTime = (ms) =>
  write(ms, { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" });

export const zoneName = () =>
  writer({ timeZoneName: "long" })
    .formatToParts(standInNow())
    .find((part) => part.type === "timeZoneName").value;

export const clockDate = (ms) => write(ms, { month: "short", day: "numeric", weekday: "short" });

export const fullTime = (seconds) =>
  write(seconds * 1000, { dateStyle: "full", timeStyle: "medium", hourCycle: "h23" });

/** The day of a message, for the line between days. */
export function day(seconds) {
  const shown = write(seconds * 1000, { month: "long", day: "numeric" });
  return shown === write(standInNow(), { month: "long", day: "numeric" }) ? t("today") : shown;
}
