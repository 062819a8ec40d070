/** The reply keyboard a bot put under somebody's composer. */

import { el } from "./dom.js";
import { t } from "./words.js";

const LOCATION_SIGN = "📍 ";
const CONTACT_SIGN = "📱 ";

/** The panel of buttons; `press(spec)` gets `{text, request_location?, request_contact?, …}`. */
export function replyKeyboard(markup, press) {
  return el(
    "div",
    { class: "reply-keyboard", role: "group", "aria-label": t("toggle_keyboard") },
    markup.keyboard.map((row) =>
      el(
        "div",
        { class: "button-row" },
        row.map((spec) => key(typeof spec === "string" ? { text: spec } : spec, press)),
      ),
    ),
  );
}

function key(spec, press) {
  return el(
    "button",
    { type: "button", class: `reply-key ${spec.style ?? ""}`, onclick: () => press(spec) },
    sign(spec),
    spec.text,
  );
}

function sign(spec) {
  const drawn = /^\p{Extended_Pictographic}/u.test(spec.text);
  if (drawn) return null;
  if (spec.request_location) return LOCATION_SIGN;
  return spec.request_contact ? CONTACT_SIGN : null;
}
