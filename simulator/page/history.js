/** The scrolled list of messages in a pane: grows, edits in place, keeps its position, marks what is new. */

import { bubble, serviceWords } from "./bubble.js";
import { el, icon, put } from "./dom.js";
import { history, isPrivate, state } from "./store.js";
import { day } from "./time.js";
import { t } from "./words.js";

const SHOWN_AT_FIRST = 150;
const NEAR_BOTTOM_PX = 90;
const JOINED_WITHIN_S = 300;
const TYPING_MS = 5000;
const FLASH_MS = 1600;

export class History {
  constructor(pane) {
    this.pane = pane;
    this.most = SHOWN_AT_FIRST;
    this.missed = 0;
    this.list = el("div", { class: "messages", role: "log", "aria-live": "off" });
    this.unsent = el("div", { class: "messages unsent" });
    this.typing = el(
      "div",
      { class: "typing", hidden: true },
      el("span", { class: "dots" }, el("i"), el("i"), el("i")),
      el("span", { class: "typing-words" }),
    );
    this.scroller = el(
      "div",
      { class: "scroller", tabindex: "0", onscroll: () => this.scrolled() },
      this.list,
      this.unsent,
      this.typing,
    );
    this.jump = el("button", {
      type: "button",
      class: "jump",
      hidden: true,
      title: t("to_bottom"),
      "aria-label": t("to_bottom"),
      onclick: () => this.toBottom(true),
    });
    this.node = el("div", { class: "history" }, this.scroller, this.jump);
    this.stuck = true; // at the end, and staying there while things below or inside change size
    this.sizes = new ResizeObserver(() => {
      // What shrinks (buttons that go) can bring the end into view, too.
      if (this.stuck || this.isNearBottom()) this.toBottom();
    });
    this.sizes.observe(this.scroller);
    this.sizes.observe(this.list);
  }

  close() {
    this.sizes.disconnect();
    clearTimeout(this.typingTimer);
  }

  /** Another chat is opened: only its end is drawn at first. */
  fromTheEnd() {
    this.most = SHOWN_AT_FIRST;
  }

  /** Draws the chat the pane now shows, from its end. */
  rebuild() {
    const all = this.messages();
    const shown = all.slice(-this.most);
    const rest = all.length - shown.length;
    put(this.list, rest > 0 && this.earlierButton(rest));
    this.typing.hidden = true;
    this.last = null;
    for (const message of shown) this.append(message);
    if (all.length === 0) this.list.append(this.emptyNote());
    this.showUnsent();
    this.toBottom();
  }

  messages() {
    const reached = this.pane.signal.reached(this.pane.chat, history(this.pane.chat));
    return reached.filter((message) => !message.deleted);
  }

  /** What is written and waits for the signal, under all that has come. */
  showUnsent() {
    const words = this.pane.signal.unsent(this.pane.chat);
    put(this.unsent, words.map(waitingBubble));
    if (words.length > 0) this.toBottom();
  }

  earlierButton(rest) {
    const more = () => {
      const height = this.scroller.scrollHeight;
      this.most += SHOWN_AT_FIRST;
      this.rebuild();
      this.scroller.scrollTop = this.scroller.scrollHeight - height;
    };
    return el(
      "button",
      { type: "button", class: "earlier", onclick: more },
      t("earlier", { n: Math.min(rest, SHOWN_AT_FIRST) }),
    );
  }

  emptyNote() {
    const own = isPrivate(this.pane.chat);
    const start = el(
      "button",
      { type: "button", class: "main-button start-button", onclick: () => this.pane.act("start") },
      t("start"),
    );
    return el(
      "div",
      { class: "empty" },
      el("span", { class: "empty-sign" }, icon(own ? "bot" : "group")),
      el("strong", {}, own ? state.bot.first_name : t("empty_group")),
      own && el("span", {}, t("empty_private")),
      own && this.pane.hasStarted() && start,
    );
  }

  /** A message that has just come. */
  take(message) {
    const stay = this.stuck || message.from?.id === this.pane.person;
    if (!this.last) put(this.list);
    if (message.by_bot) this.typing.hidden = true;
    const node = this.append(message);
    node.classList.add("fresh");
    if (stay) return this.toBottom();
    this.missed += 1;
    return this.showJump();
  }

  append(message) {
    if (!this.last || day(this.last.date) !== day(message.date))
      this.list.append(dayLine(message.date));
    const node = bubble(message, this.pane, this.isJoined(message, this.last));
    this.list.append(node);
    this.last = message;
    return node;
  }

  isJoined(message, above) {
    return (
      Boolean(above) &&
      !serviceWords(above) &&
      above.from?.id === message.from?.id &&
      above.sender_chat?.id === message.sender_chat?.id &&
      message.date - above.date < JOINED_WITHIN_S &&
      day(above.date) === day(message.date)
    );
  }

  edit(message) {
    const old = this.find(message.message_id);
    if (!old) return;
    const node = bubble(message, this.pane, old.classList.contains("joined"));
    node.classList.add("changed");
    old.replaceWith(node);
  }

  remove(id) {
    this.find(id)?.remove();
  }

  find(id) {
    return this.list.querySelector(`[data-id="${Number(id)}"]`);
  }

  scrollTo(id) {
    const node = this.find(id);
    if (!node) return;
    node.scrollIntoView({ block: "center", behavior: "smooth" });
    node.classList.add("found");
    setTimeout(() => node.classList.remove("found"), FLASH_MS);
  }

  showTyping(words) {
    this.typing.hidden = false;
    put(this.typing.querySelector(".typing-words"), words);
    clearTimeout(this.typingTimer);
    this.typingTimer = setTimeout(() => {
      this.typing.hidden = true;
    }, TYPING_MS);
    if (this.stuck) this.toBottom();
  }

  /** What is written of times: how long a place is still live, which day is today. */
  refreshTimes() {
    for (const node of this.list.querySelectorAll(".live-badge, .day")) node.refresh();
  }

  sizeChanged() {
    const { scrollHeight, clientHeight } = this.scroller;
    const size = `${scrollHeight} ${clientHeight}`;
    const changed = size !== this.size;
    this.size = size;
    return changed;
  }

  isNearBottom() {
    const { scrollHeight, scrollTop, clientHeight } = this.scroller;
    return scrollHeight - scrollTop - clientHeight < NEAR_BOTTOM_PX;
  }

  toBottom(smooth = false) {
    this.missed = 0;
    this.stuck = true;
    this.sizeChanged();
    this.scroller.scrollTo({
      top: this.scroller.scrollHeight,
      behavior: smooth ? "smooth" : "instant",
    });
    this.showJump();
  }

  /** Only a person's scrolling leaves the end; a change of size does not count as one. */
  scrolled() {
    if (this.scroller.clientHeight === 0) return; // out of sight
    if (this.sizeChanged() && this.stuck) {
      this.toBottom();
      return;
    }
    this.stuck = this.isNearBottom();
    if (this.stuck) this.missed = 0;
    this.showJump();
  }

  showJump() {
    this.jump.hidden = this.stuck;
    put(
      this.jump,
      icon("down"),
      this.missed > 0 && el("span", { class: "badge" }, t("new_below", { n: this.missed })),
    );
  }
}

const waitingBubble = (words) =>
  el(
    "article",
    { class: "message own" },
    el(
      "div",
      { class: "stack" },
      el(
        "div",
        { class: "bubble" },
        el("div", { class: "text", dir: "auto" }, words),
        el("span", { class: "stamp", title: t("no_signal") }, "🕓"),
      ),
    ),
  );

function dayLine(seconds) {
  const words = el("span", {}, day(seconds));
  const line = el("div", { class: "day" }, words);
  line.refresh = () => {
    const now = day(seconds);
    if (words.textContent !== now) words.textContent = now;
  };
  return line;
}
