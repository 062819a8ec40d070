/** Inline buttons under a message: pressing, waiting for the bot's answer, showing it. */

import { el, icon } from "./dom.js";
import { answerTo, on } from "./store.js";
import { t } from "./words.js";
import { act } from "./wire.js";

const LONGEST_WAIT_MS = 20_000; // then the button can be pressed again, as in Telegram's apps
const waiting = new Map(); // query id -> {button, pane, timer}

on("answer", (answer) => settle(answer));

/** The rows of buttons of a message, or null. */
export function inlineButtons(message, pane) {
  const rows = message.reply_markup?.inline_keyboard;
  if (!rows?.length) return null;
  return el(
    "div",
    { class: "buttons" },
    rows.map((row) =>
      el(
        "div",
        { class: "button-row" },
        row.map((spec) => oneButton(spec, message, pane)),
      ),
    ),
  );
}

function oneButton(spec, message, pane) {
  const button = el(
    "button",
    { type: "button", class: `inline-button ${spec.style ?? ""}` },
    el("span", {}, spec.text),
    sign(spec),
  );
  button.addEventListener("click", () => pressed(spec, message, pane, button));
  return button;
}

function sign(spec) {
  if (spec.url) return icon("link");
  return spec.copy_text ? icon("copy") : null;
}

function pressed(spec, message, pane, button) {
  if (spec.callback_data !== undefined) return press(spec, message, pane, button);
  if (spec.url) return pane.openLink(spec.url);
  if (spec.copy_text) return pane.copy(spec.copy_text.text);
  return pane.toast(t("not_supported"));
}

async function press(spec, message, pane, button) {
  if (button.getAttribute("aria-busy")) return;
  busy(button, true);
  try {
    const what = { chat: pane.chat, message: message.message_id, button: spec.callback_data };
    const sent = pane.signal.send(() => act(pane.person, "press", what));
    const { query_id: id } = await sent;
    waiting.set(id, { button, pane, timer: setTimeout(() => release(id), LONGEST_WAIT_MS) });
    const already = answerTo(id); // the answer can overtake the reply to our request
    if (already) settle(already);
  } catch (error) {
    busy(button, false);
    pane.toast(t("failed", { why: error.message }));
  }
}

function busy(button, is) {
  if (is) button.setAttribute("aria-busy", "true");
  else button.removeAttribute("aria-busy");
  button.title = is ? t("waiting") : "";
}

function release(id) {
  const { button, pane, timer } = waiting.get(id);
  clearTimeout(timer);
  waiting.delete(id);
  busy(button, false);
  return pane;
}

function settle(answer) {
  if (!waiting.has(answer.query_id)) return;
  const pane = release(answer.query_id);
  if (answer.url) pane.openLink(answer.url);
  if (!answer.text) return;
  if (answer.show_alert) pane.alert(answer.text);
  else pane.toast(answer.text);
}
