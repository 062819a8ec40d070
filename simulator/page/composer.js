/** The foot of a pane: text, attachments, commands, reply strip, reply keyboard; START and blocked states. */

import { attachMenu, sendBlob, shareNumber } from "./attach.js";
import { short } from "./bubble.js";
import { CommandList } from "./commands.js";
import { el, icon, iconButton, put } from "./dom.js";
import { replyKeyboard } from "./keyboard.js";
import { nameOf } from "./names.js";
import { pickPlace } from "./placepicker.js";
import { findMessage, isPrivate, keyboardOf, person } from "./store.js";
import { t } from "./words.js";

const LONGEST_TEXT = 4096; // Telegram's limit for one message
const TALLEST_PX = 132;

export class Composer {
  constructor(pane) {
    this.pane = pane;
    this.reply = null;
    this.hidden = false;
    this.commands = new CommandList(this);
    this.input = el("textarea", {
      rows: "1",
      class: "input",
      maxlength: LONGEST_TEXT,
      enterkeyhint: "send",
      oninput: () => this.typed(),
      onkeydown: (event) => this.key(event),
      onpaste: (event) => this.pasted(event),
    });
    this.input.value = pane.model.draft ?? "";
    this.strip = el("div", { class: "reply-strip", hidden: true });
    this.keys = el("div", { class: "keys", hidden: true });
    this.keysButton = iconButton("keyboard", t("toggle_keyboard"), () => this.toggleKeys(), {
      hidden: true,
    });
    this.sendButton = iconButton("send", t("send"), () => this.send(), {
      class: "icon-button send",
    });
    this.row = el(
      "div",
      { class: "compose-row" },
      iconButton("attach", t("attach"), (event) => attachMenu(event.currentTarget, pane)),
      iconButton("slash", t("commands"), () => this.commands.toggle()),
      this.input,
      this.keysButton,
      this.sendButton,
    );
    this.instead = el("div", { class: "instead", hidden: true });
    this.node = el(
      "footer",
      { class: "composer" },
      this.commands.node,
      this.strip,
      this.row,
      this.keys,
      this.instead,
    );
  }

  /** Draws what fits the chat and the person as they are now. */
  refresh() {
    const instead = this.insteadOfWriting();
    this.instead.hidden = !instead;
    this.row.hidden = Boolean(instead);
    put(this.instead, instead);
    if (this.pane.model.reply !== this.reply) this.setReply(this.pane.model.reply);
    this.takeForced();
    this.input.setAttribute("aria-label", t("write"));
    this.refreshKeys();
    this.typed();
  }

  insteadOfWriting() {
    if (person(this.pane.person).deactivated) return el("p", {}, t("deactivated"));
    if (!isPrivate(this.pane.chat)) return null;
    if (person(this.pane.person).blocked) {
      return [
        el("p", {}, t("blocked_hint")),
        el(
          "button",
          { type: "button", class: "main-button", onclick: () => this.pane.act("unblock") },
          t("unblock"),
        ),
      ];
    }
    if (this.pane.hasStarted()) return null;
    return [
      el("p", {}, t("start_hint")),
      el(
        "button",
        {
          type: "button",
          class: "main-button start-button",
          onclick: () => this.pane.act("start"),
        },
        t("start"),
      ),
    ];
  }

  refreshKeys() {
    const markup = keyboardOf(this.pane.chat, this.pane.person);
    const rows = markup?.keyboard;
    this.input.placeholder = markup?.input_field_placeholder || t("write");
    const stays = Boolean(markup?.is_persistent);
    this.keysButton.hidden = !rows || stays;
    this.keys.hidden = !rows || (this.hidden && !stays) || !this.instead.hidden;
    this.keys.classList.toggle("tall", !markup?.resize_keyboard);
    this.keysButton.setAttribute("aria-pressed", String(!this.keys.hidden));
    put(this.keys, rows && replyKeyboard(markup, (spec) => this.pressKey(spec, markup)));
  }

  toggleKeys() {
    this.hidden = !this.hidden;
    this.refreshKeys();
  }

  /** A bot changed the keyboard of this person here: it comes into view. */
  keyboardChanged() {
    this.hidden = false;
    this.takeForced();
    this.refreshKeys();
  }

  /** A forced reply opens a reply to its message, once; the person may close it. */
  takeForced() {
    const markup = keyboardOf(this.pane.chat, this.pane.person);
    const message = markup?.force_reply && findMessage(this.pane.chat, markup.message_id);
    const name = `${this.pane.chat}:${markup?.message_id}`;
    if (!message || this.forced === name) return;
    this.forced = name;
    this.setReply(message);
    if (this.pane.isFocused()) this.focus();
  }

  async pressKey(spec, markup) {
    if (spec.request_location) {
      pickPlace(this.pane, t("share_place"), [
        [t("share_place"), (place) => this.pressed(spec, markup, place)],
      ]);
      return;
    }
    const press = () => this.pressed(spec, markup, {});
    if (spec.request_contact) shareNumber(this.pane, press);
    else await press();
  }

  async pressed(spec, markup, place) {
    if (markup.one_time_keyboard) this.hidden = true;
    await this.pane.act("reply_button", { label: spec.text, ...place });
    this.refreshKeys();
  }

  setReply(message) {
    this.reply = message;
    this.pane.model.reply = message;
    this.strip.hidden = !message;
    put(
      this.strip,
      message && [
        icon("reply"),
        el(
          "div",
          { class: "strip-words" },
          el("strong", {}, nameOf(message.from)),
          el("span", {}, short(message)),
        ),
        iconButton("close", t("cancel"), () => this.setReply(null)),
      ],
    );
    this.refreshKeys();
  }

  /** What an act needs to be a reply, once. */
  takeReply() {
    const reply =
      this.reply && findMessage(this.pane.chat, this.reply.message_id)
        ? { reply_to: this.reply.message_id }
        : {};
    this.setReply(null);
    return reply;
  }

  takeText() {
    const text = this.input.value.trim();
    this.input.value = "";
    this.typed();
    return text;
  }

  async send() {
    const text = this.takeText();
    if (!text) return;
    const reply = this.reply;
    const done = await this.pane.act("say", { text, ...this.takeReply() });
    if (done) return;
    this.input.value = text; // a failed sending must not lose what was written
    this.setReply(reply);
    this.typed();
  }

  /** Puts a command where the person can send it; in groups it names the bot. */
  async command(text) {
    this.commands.close();
    this.input.value = "";
    await this.pane.act("say", { text });
  }

  typed() {
    this.pane.model.draft = this.input.value;
    this.input.style.height = "auto";
    this.input.style.height = `${Math.min(this.input.scrollHeight, TALLEST_PX)}px`;
    this.sendButton.classList.toggle("ready", this.input.value.trim() !== "");
    this.commands.suggest(this.input.value);
  }

  key(event) {
    if (event.isComposing) return; // choosing Chinese characters
    if (this.commands.key(event)) return;
    if (event.key === "Escape" && this.reply) this.setReply(null);
    if (event.key !== "Enter" || event.shiftKey) return;
    event.preventDefault();
    this.send();
  }

  pasted(event) {
    const image = [...(event.clipboardData?.files ?? [])].find((file) =>
      file.type.startsWith("image/"),
    );
    if (!image) return;
    event.preventDefault();
    sendBlob(this.pane, "photo", image, { name: image.name || "pasted.png" });
  }

  focus() {
    if (!this.row.hidden) this.input.focus({ preventScroll: true });
  }
}
