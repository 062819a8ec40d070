/** One message as it stands in the chat: sender, quote, text, things, time, buttons; or a service line. */

import { el, icon, iconButton } from "./dom.js";
import { inlineButtons } from "./buttons.js";
import { kindWord, media } from "./media.js";
import { avatar, colourOf, nameOf, noteOf } from "./names.js";
import { richText } from "./richtext.js";
import { isPrivate } from "./store.js";
import { fullTime, hourMinute } from "./time.js";
import { t } from "./words.js";

const QUOTE_CHARACTERS = 120;

/**
 * The node of a message as `pane.person` sees it. `joined` means the one above is by the same
 * sender, so name and picture are not repeated.
 */
export function bubble(message, pane, joined) {
  const service = serviceWords(message);
  if (service)
    return el(
      "div",
      { class: "service", dataset: { id: message.message_id } },
      el("span", {}, service),
    );
  const own = message.from?.id === pane.person;
  const group = !isPrivate(pane.chat);
  const classes = [
    "message",
    own ? "own" : "other",
    joined ? "joined" : "",
    group ? "in-group" : "",
  ];
  return el(
    "article",
    { class: classes.join(" "), dataset: { id: message.message_id } },
    group &&
      !own &&
      (joined ? el("span", { class: "avatar-gap" }) : avatar(senderOf(message).id, "small")),
    el(
      "div",
      { class: "stack" },
      body(message, pane, group && !own && !joined),
      inlineButtons(message, pane),
    ),
    iconButton("reply", t("reply"), () => pane.replyTo(message), {
      class: "icon-button reply-button",
    }),
  );
}

function body(message, pane, named) {
  const thing = media(message, pane.acts);
  const text = message.text ?? message.caption;
  const bare = thing && !text && !message.reply_to_message;
  const unknown = !thing && text === undefined && el("em", { class: "small" }, t("unknown_kind"));
  return el(
    "div",
    { class: `bubble ${thing ? "with-thing" : ""} ${bare ? "bare" : ""}` },
    named && sender(message),
    quote(message, pane),
    thing,
    text !== undefined &&
      el(
        "div",
        { class: "text", dir: "auto" },
        richText(text, message.entities ?? message.caption_entities, pane.acts),
      ),
    unknown,
    stamp(message, message.from?.id === pane.person),
  );
}

/** Who a message is from in the eyes of the chat: the group itself for an anonymous administrator. */
const senderOf = (message) => message.sender_chat ?? message.from;

function sender(message) {
  const from = senderOf(message);
  return el(
    "div",
    { class: `sender ink-${colourOf(from.id)}` },
    from.title ?? nameOf(from),
    el("span", { class: "note" }, message.by_bot ? t("bot") : noteOf(from.id)),
  );
}

function quote(message, pane) {
  const quoted = message.reply_to_message;
  if (!quoted) return null;
  return el(
    "button",
    {
      type: "button",
      class: `quote edge-${colourOf(quoted.from?.id ?? 0)}`,
      onclick: () => pane.scrollTo(quoted.message_id),
    },
    el("strong", {}, nameOf(quoted.from)),
    el("span", {}, short(quoted)),
  );
}

/** The first words of a message, for quotes and the reply strip. */
export function short(message) {
  const text = message.text ?? message.caption;
  if (text === undefined) return kindWord(message);
  const line = text.replace(/\s+/g, " ");
  return line.length > QUOTE_CHARACTERS ? `${line.slice(0, QUOTE_CHARACTERS)}…` : line;
}

function stamp(message, own) {
  const edited = message.edit_date && !message.location && el("span", {}, t("edited"));
  const silent =
    message.silent && el("span", { class: "silent", title: t("silent"), role: "img" }, "🔕");
  const sent = own && el("span", { class: "sent" }, icon("check"));
  return el(
    "time",
    {
      class: "stamp",
      datetime: new Date(message.date * 1000).toISOString(),
      title: fullTime(message.edit_date ?? message.date),
    },
    silent,
    edited,
    hourMinute(message.date),
    sent,
  );
}

/** What a service message says, or null for an ordinary one. */
export function serviceWords(message) {
  const kind = Object.keys(SERVICES).find(
    (name) => message[name] !== undefined && message[name] !== null,
  );
  return kind ? SERVICES[kind](message[kind], message) : null;
}

const actorOf = (message) => senderOf(message).title ?? nameOf(message.from);

const SERVICES = {
  new_chat_members: (users, message) => {
    const names = users.map(nameOf).join(", ");
    if (users[0].id === message.from.id) return t("joined", { names });
    return t("brought", { names, by: actorOf(message) });
  },
  left_chat_member: (user, message) =>
    user.id === message.from.id
      ? t("left", { name: nameOf(user) })
      : t("put_out", { name: nameOf(user), by: actorOf(message) }),
  group_chat_created: (_, message) => t("group_created", { title: message.chat.title }),
  supergroup_chat_created: (_, message) => t("group_created", { title: message.chat.title }),
  new_chat_title: (title) => t("new_title", { title }),
  migrate_to_chat_id: () => t("migrated"),
  migrate_from_chat_id: () => t("migrated"),
  pinned_message: (pinned) => t("pinned", { text: short(pinned) }),
};
