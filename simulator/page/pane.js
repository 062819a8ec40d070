/** One phone: whose it is, their chats as tabs, the open chat, the composer. */

import { ChatBar } from "./chatbar.js";
import { Composer } from "./composer.js";
import { el, icon, iconButton, put, setBadge } from "./dom.js";
import { askGroup, askLanguage, askNumber, confirmIn } from "./forms.js";
import { groupItems } from "./groupmenu.js";
import { History } from "./history.js";
import { avatar, chatTitle, noteOf, personName } from "./names.js";
import { alertIn, enlarge, menu, toastIn } from "./overlay.js";
import { signalOf } from "./signal.js";
import { isPrivate, markRead, person, state, unread, unreadOn, when } from "./store.js";
import { onTick } from "./time.js";
import { t } from "./words.js";
import { act } from "./wire.js";

const FLASH_MS = 1400;
const SENT = ["location", "live", "photo", "voice", "document", "contact"]; // acts without words

export class Pane {
  /** `model` is `{person, chat, draft, reply}` and outlives the pane; `panes` is the whole desk. */
  constructor(model, panes) {
    this.model = model;
    this.signal = signalOf(model.person);
    this.panes = panes;
    this.acts = {
      command: (text) => this.act("say", { text }),
      person: (id) => this.tellWho(id),
      link: (url) => this.takeLink(url),
      copy: (text) => this.copy(text),
      enlarge,
    };
    this.head = el("header", { class: "pane-head" });
    this.buildHead();
    this.chats = new ChatBar(this);
    this.history = new History(this);
    this.node = el("section", {
      class: "pane",
      tabindex: "-1",
      dataset: { person: model.person },
      onpointerdown: () => this.panes.focus(this),
      onfocusin: () => this.panes.focus(this),
    });
    this.composer = new Composer(this);
    this.noSignal = this.noSignalBar();
    this.node.append(
      this.head,
      this.chats.node,
      this.noSignal,
      this.history.node,
      this.composer.node,
    );
    this.offTick = onTick(() => this.history.refreshTimes());
  }

  get person() {
    return this.model.person;
  }

  get chat() {
    return this.model.chat;
  }

  close() {
    this.offTick();
    this.history.close();
    this.node.remove();
  }

  rebuild() {
    this.node.setAttribute("aria-label", t("seen_by", { name: personName(this.person) }));
    this.refreshHead();
    this.history.rebuild();
    this.composer.refresh();
  }

  /** Who it is, once; what changes about them is filled in by `refreshHead`. */
  buildHead() {
    this.note = el("span", { class: "note" });
    this.name = el("strong", {});
    this.blocked = el("span", { class: "blocked-mark", title: t("blocked") }, icon("block"));
    this.badge = el("span", { class: "badge" });
    put(
      this.head,
      avatar(this.person),
      el("div", { class: "who" }, this.name, this.note),
      this.blocked,
      this.badge,
      iconButton("more", t("pane_menu"), (event) => this.openMenu(event.currentTarget)),
      iconButton("close", t("close_pane"), () => this.panes.remove(this), {
        class: "icon-button close-pane",
      }),
    );
  }

  refreshHead() {
    this.name.textContent = personName(this.person);
    this.note.textContent = noteOf(this.person) || (person(this.person).phone ?? "");
    this.blocked.hidden = !person(this.person).blocked;
    this.noSignal.hidden = !this.signal.lost;
    const total = this.isFocused() ? 0 : this.unread();
    setBadge(this.badge, total, t("unread", { n: total }));
    this.chats.refresh();
  }

  noSignalBar() {
    const onclick = () => this.panes.setSignal(this, true);
    return el(
      "div",
      { class: "no-signal", role: "status", hidden: true },
      icon("no_signal"),
      el("span", {}, t("no_signal")),
      el("button", { type: "button", class: "tip-button", onclick }, t("signal_back")),
    );
  }

  /** What the phone knows to be unread, in a chat or in all. */
  unread(id) {
    if (this.signal.lost) return 0;
    return id === undefined ? unreadOn(this.person) : unread(this.person, id);
  }

  open(id) {
    if (id === this.chat) return;
    this.model.chat = id;
    this.model.draft = "";
    this.composer.input.value = "";
    this.composer.setReply(null);
    this.composer.commands.close();
    this.history.fromTheEnd();
    this.rebuild();
    this.read();
    this.panes.changed();
  }

  /** As in Telegram's apps, for buttons and for words in a fixed font. */
  async copy(text) {
    await navigator.clipboard?.writeText(text);
    this.toast(t("copied"));
  }

  hasStarted() {
    return person(this.person).started;
  }

  isFocused() {
    return this.panes.focused === this;
  }

  /** What is in view of a focused pane counts as read. */
  read() {
    if (this.isFocused() && document.hasFocus() && !this.signal.lost) markRead(this.person, this.chat);
  }

  // --- what comes from the stand-in

  took(message) {
    this.history.take(message);
    this.composer.refresh();
    const own = message.from?.id === this.person;
    if (!own) this.flash();
    this.read();
    this.refreshHead();
  }

  flash() {
    this.node.classList.remove("ping");
    void this.node.offsetWidth; // restarts the animation
    this.node.classList.add("ping");
    clearTimeout(this.flashTimer);
    this.flashTimer = setTimeout(() => this.node.classList.remove("ping"), FLASH_MS);
  }

  typing() {
    this.history.showTyping(`${state.bot.first_name} ${t("typing")}`);
  }

  // --- what this person does

  /** Does something as this person; what came of it, null after a refusal, which is shown here. */
  async act(what, args = {}) {
    const chat = this.chat;
    const job = () => act(this.person, what, { chat, ...args });
    const words = args.text ?? args.label ?? (SENT.includes(what) ? t("waits_to_be_sent") : null);
    try {
      const sent = this.signal.send(job, chat, words);
      this.history.showUnsent();
      return await sent;
    } catch (error) {
      this.toast(t("failed", { why: error.message }));
      return null;
    }
  }

  replyTo(message) {
    this.composer.setReply(message);
    this.composer.focus();
  }

  takeReply() {
    return this.composer.takeReply();
  }

  takeText() {
    return this.composer.takeText();
  }

  scrollTo(id) {
    this.history.scrollTo(id);
  }

  toast(text) {
    toastIn(this.node, text);
  }

  alert(text) {
    alertIn(this.node, chatTitle(this.chat), text);
  }

  tellWho(id) {
    const known = person(id);
    this.toast([personName(id), noteOf(id), known?.phone].filter(Boolean).join(" · "));
  }

  openLink(url) {
    if (!this.takeLink(new URL(url))) open(url, "_blank", "noopener");
  }

  /** Links to the bot stay on this phone: a deep link presses Start with its payload. */
  takeLink(url) {
    if (url.protocol === "tg:" && url.host === "user") {
      this.tellWho(Number(url.searchParams.get("id")));
      return true;
    }
    if (
      !["t.me", "telegram.me"].includes(url.host) ||
      url.pathname.slice(1).toLowerCase() !== state.bot.username.toLowerCase()
    )
      return false;
    const payload = url.searchParams.get("start");
    this.open(this.person);
    if (payload !== null) this.act("start", { payload });
    return true;
  }

  // --- menu

  openMenu(anchor) {
    const blocked = person(this.person).blocked;
    const items = [
      ...(isPrivate(this.chat) ? this.accountItems() : groupItems(this, anchor)),
      {
        icon: "block",
        label: t(blocked ? "unblock" : "block"),
        hint: t("blocked_hint"),
        danger: !blocked,
        pick: () => this.act(blocked ? "unblock" : "block"),
      },
      !this.signal.lost && {
        icon: "no_signal",
        label: t("lose_signal"),
        hint: t("lose_signal_hint"),
        pick: () => this.panes.setSignal(this, false),
      },
      null,
      { icon: "down", label: t("close_pane"), pick: () => this.panes.remove(this) },
    ];
    menu(
      anchor,
      items.filter((item) => item !== false),
    );
  }

  accountItems() {
    const { phone } = person(this.person);
    return [
      { icon: "group", label: t("new_group"), pick: () => this.newGroup() },
      { icon: "globe", label: t("app_language"), hint: this.language(), pick: () => this.speak() },
      {
        icon: "contact",
        label: t("change_number"),
        hint: phone,
        pick: () => this.changeNumber(),
      },
      null,
      { icon: "close", label: t("deactivate"), danger: true, pick: () => this.deactivate() },
    ];
  }

  newGroup() {
    askGroup(this.node, async (group) => {
      const made = await this.act("create_group", group);
      if (made) when("chat", () => state.chats.has(made.chat), () => this.open(made.chat));
    });
  }

  language() {
    return person(this.person).language_code ?? t("language_unsaid");
  }

  changeNumber() {
    askNumber(this.node, t("change_number"), t("ok"), (phone) => this.act("phone", { phone }));
  }

  deactivate() {
    const [title, sure] = [t("deactivate"), t("deactivate_sure")];
    confirmIn(this.node, title, sure, title, () => this.act("deactivate"));
  }

  speak() {
    const now = person(this.person).language_code;
    askLanguage(this.node, now, (language) => this.act("language", { language }));
  }
}
