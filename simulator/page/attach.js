/** What the paper-clip offers: places, live location, photo, voice, file, contacts. */

import { el } from "./dom.js";
import { askNumber, confirmIn } from "./forms.js";
import { menu } from "./overlay.js";
import { pickSomebody } from "./picker.js";
import { liveMinutes } from "./place.js";
import { pickPlace } from "./placepicker.js";
import { base64, samplePhoto, sampleVoice } from "./samples.js";
import { history, isPrivate, state } from "./store.js";
import { t } from "./words.js";

const LARGEST_MB = 20; // what a bot can fetch from Telegram
const LIVE_MINUTES = 60;

/** Opens the menu at `anchor` for a pane. */
export function attachMenu(anchor, pane) {
  menu(
    anchor,
    [
      { icon: "pin", label: t("place"), pick: () => sharePlace(pane) },
      ...liveItems(pane),
      null,
      { icon: "image", label: t("photo_sample"), pick: () => sendSamplePhoto(pane) },
      { icon: "image", label: t("photo_file"), pick: () => sendFile(pane, "photo", "image/*") },
      { icon: "mic", label: t("voice_sample"), pick: () => sendSampleVoice(pane) },
      { icon: "file", label: t("document_file"), pick: () => sendFile(pane, "document", "") },
      isPrivate(pane.chat) && {
        icon: "contact",
        label: t("own_contact"),
        pick: () => shareNumber(pane, () => pane.act("contact", { contact_of: pane.person })),
      },
      isPrivate(pane.chat) && {
        icon: "person",
        label: t("other_contact"),
        pick: () => shareOther(pane),
      },
      isPrivate(pane.chat) && {
        icon: "contact",
        label: t("typed_card"),
        pick: () => shareTyped(pane),
      },
    ].filter((item) => item !== false),
  );
}

/** Asks as Telegram does before a phone number is given to a bot. */
export function shareNumber(pane, done) {
  const text = t("share_number_sure", { bot: state.bot.first_name });
  confirmIn(pane.node, t("share_number"), text, t("share_number"), done);
}

function shareTyped(pane) {
  askNumber(pane.node, t("typed_card"), t("send"), (phone) => pane.act("contact", { phone }));
}

function shareOther(pane) {
  const others = [...state.people.values()].filter((one) => one.phone && one.id !== pane.person);
  const only = others.map((one) => one.id);
  pickSomebody(t("other_contact"), { only, shown: () => false }, (id) =>
    pane.act("contact", { contact_of: id }),
  );
}

function liveItems(pane) {
  const live = activeLive(pane);
  if (!live) return [{ icon: "live", label: t("live_place"), pick: () => startLive(pane) }];
  const at = { lat: live.location.latitude, lon: live.location.longitude };
  const move = (place) => pane.act("move_live", { message: live.message_id, ...place });
  return [
    {
      icon: "live",
      label: t("live_moves"),
      pick: () => pickPlace(pane, t("live_moves"), [[t("move_here"), move]], at),
    },
    {
      icon: "close",
      label: t("live_stop"),
      danger: true,
      pick: () => pane.act("stop_live", { message: live.message_id }),
    },
  ];
}

/** The person's own live location that is still running in this chat, if any. */
function activeLive(pane) {
  return history(pane.chat).findLast(
    (message) => message.from?.id === pane.person && !message.deleted && liveMinutes(message) > 0,
  );
}

function sharePlace(pane) {
  pickPlace(pane, t("place"), [
    [t("send_place"), (place) => pane.act("location", { ...place, ...pane.takeReply() })],
  ]);
}

function startLive(pane) {
  const start = (minutes) => (place) => pane.act("live", { ...place, period_s: minutes * 60 });
  pickPlace(pane, t("live_place"), [
    [t("send_live", { n: LIVE_MINUTES }), start(LIVE_MINUTES)],
    [t("send_live", { n: 15 }), start(15)],
  ]);
}

async function sendSamplePhoto(pane) {
  await sendBlob(pane, "photo", await samplePhoto(t("photo_sample")), { name: "sample.jpg" });
}

async function sendSampleVoice(pane) {
  const { blob, duration } = sampleVoice();
  await sendBlob(pane, "voice", blob, { name: "sample.wav", duration });
}

function sendFile(pane, kind, accept) {
  const input = el("input", { type: "file", accept, hidden: true });
  input.addEventListener("change", () => {
    if (input.files[0]) sendBlob(pane, kind, input.files[0], { name: input.files[0].name });
    input.remove();
  });
  input.addEventListener("cancel", () => input.remove());
  pane.node.append(input);
  input.click();
}

/** Sends bytes with the composer's text as the caption. */
export async function sendBlob(pane, kind, blob, extra) {
  if (blob.size > LARGEST_MB * 1024 * 1024) {
    pane.toast(t("too_big", { n: LARGEST_MB }));
    return;
  }
  const caption = pane.takeText();
  await pane.act(kind, {
    data: await base64(blob),
    mime: blob.type || "application/octet-stream",
    ...extra,
    ...(caption ? { caption } : {}),
    ...pane.takeReply(),
  });
}
