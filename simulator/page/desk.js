/** The phones side by side (one at a time on a narrow screen): which are out, which is in hand. */

import { el, icon, keyed, put, setBadge } from "./dom.js";
import { keepFitting } from "./fit.js";
import { hasHint } from "./hint.js";
import { askNewcomer } from "./forms.js";
import { avatar, chatTitle, personName } from "./names.js";
import { toastIn } from "./overlay.js";
import { Pane } from "./pane.js";
import { pickSomebody } from "./picker.js";
import { chat, chatsOf, isPrivate, on, person, state, when } from "./store.js";
import { t } from "./words.js";
import { act } from "./wire.js";

const KEPT = "stand-in.desk"; // survives a reload of this browser tab
const MOST_PANES = 12;
const FRONT_WHEN_UNSAID = 3;
const IN_SIGHT = { inline: "nearest", block: "nearest" };
const NOBODY = 0; // who does what no phone does

export class Desk {
  /** `help()` shows what to try. */
  constructor(help) {
    this.help = help;
    this.panes = [];
    this.focused = null;
    this.row = el("main", { class: "desk" });
    this.tabs = el("nav", { class: "phone-tabs", "aria-label": t("phones") });
    this.node = el("div", { class: "desk-frame" }, this.tabs, this.row);
    this.fit = keepFitting(this.node, this.row, () => this.panes.length);
    this.listen();
  }

  listen() {
    on("reset", () => this.rebuild());
    on("message", ({ chat: id, message }) =>
      this.told((pane) => {
        if (pane.signal.lost) return;
        if (pane.chat === id) pane.took(message);
        else if (chatsOf(pane.person).includes(id)) this.toldElsewhere(pane, message);
      }),
    );
    on("edit", ({ chat: id, message }) => this.in(id, (pane) => pane.history.edit(message)));
    on("delete", ({ chat: id, id: message }) =>
      this.in(id, (pane) => pane.history.remove(message)),
    );
    on("typing", ({ chat: id }) => this.in(id, (pane) => pane.typing()));
    on("keyboard", ({ chat: id, person: viewer }) =>
      this.in(id, (pane) => pane.person === viewer && pane.composer.keyboardChanged()),
    );
    on("chat", ({ chat: id }) => this.chatChanged(id));
    on("person", ({ person: id }) =>
      this.told((pane) => {
        pane.refreshHead();
        if (pane.person === id) pane.composer.refresh();
      }),
    );
    on("read", () => this.changed());
    addEventListener("focus", () => this.focused?.read());
  }

  in(chatId, act) {
    for (const pane of this.panes) if (pane.chat === chatId && !pane.signal.lost) act(pane);
  }

  told(act) {
    for (const pane of this.panes) act(pane);
    this.changed();
  }

  /** On a phone that has lost its signal nothing moves; when it is back, all that waited comes. */
  async setSignal({ signal }, has) {
    const panes = () => this.panes.filter((pane) => pane.signal === signal);
    if (has) {
      const restored = signal.restore();
      for (const pane of panes()) pane.rebuild();
      for (const pane of panes()) pane.flash();
      await restored;
    } else signal.lose();
    for (const pane of panes()) pane.read();
    this.changed();
  }

  toldElsewhere(pane, message) {
    if (message.from?.id !== pane.person) pane.flash();
    pane.refreshHead();
  }

  /** A group that has moved takes the panes that show it along. */
  chatChanged(id) {
    const moved = chat(id)?.migrated_to;
    this.told((pane) => {
      if (pane.chat === id && moved && state.chats.has(moved)) return pane.open(moved);
      if (pane.chat === id && !isPrivate(id) && !chat(id).members.includes(pane.person))
        return pane.open(pane.person);
      pane.refreshHead();
      return pane.chat === id && pane.composer.refresh();
    });
  }

  // --- which phones are out

  /** Draws everything anew: at first, after a lost connection, when the language changes. */
  rebuild(models = this.models()) {
    for (const model of models) model.chat = chat(model.chat)?.migrated_to ?? model.chat;
    const inHand = this.focused?.model;
    for (const pane of this.panes) pane.close();
    this.focused = null;
    this.panes = models
      .filter(isStillThere)
      .slice(0, MOST_PANES)
      .map((model) => new Pane(model, this));
    put(
      this.row,
      this.panes.map((pane) => pane.node),
      this.addTile(),
    );
    for (const pane of this.panes) pane.rebuild();
    this.focus(this.panes.find((pane) => pane.model === inHand) ?? this.panes[0] ?? null);
    this.changed();
  }

  models() {
    return this.panes.length > 0 ? this.panes.map((pane) => pane.model) : (kept() ?? front());
  }

  /** The phones of a story alone; what it begins with is typed on the first, not sent. */
  play({ phones, typed }) {
    const models = phones.map(modelOf).map((model) => this.paneOf(model)?.model ?? model);
    if (typed) models[0].draft = typed;
    this.rebuild(models);
    this.takeUp(this.panes[0]);
    this.panes[0].composer.focus();
  }

  paneOf({ person: id, chat: open }) {
    return this.panes.find((pane) => pane.person === id && pane.chat === open);
  }

  addTile() {
    const empty = this.panes.length === 0;
    return el(
      "button",
      {
        type: "button",
        class: empty ? "add-tile empty-desk" : "add-tile",
        title: t("show_person"),
        "aria-label": t("show_person"),
        onclick: () => this.pick(),
      },
      icon("add"),
      empty && [el("strong", {}, t("nobody_shown")), el("span", {}, t("nobody_shown_hint"))],
    );
  }

  pick() {
    pickSomebody(
      t("show_person"),
      {
        shown: (id) => this.panes.some((pane) => pane.chat === id),
        other: { label: t("new_phone"), pick: () => askNewcomer((one) => this.welcome(one)) },
      },
      (id) => this.add(modelOf(id)),
    );
  }

  /** A new phone comes out as soon as the page has heard of it. */
  async welcome(newcomer) {
    try {
      const { person: id } = await act(NOBODY, "newcomer", newcomer);
      when("reset", () => state.people.has(id), () => this.add(modelOf(id)));
    } catch (error) {
      toastIn(this.node, t("failed", { why: error.message }));
    }
  }

  /** Another member's view of the group a pane shows. */
  pickEyes(pane) {
    const members = chat(pane.chat).members;
    pickSomebody(t("see_as"), { only: members, shown: (id) => id === pane.person }, (id) => {
      const at = this.panes.indexOf(pane);
      this.panes.splice(at, 1, new Pane({ person: id, chat: pane.chat }, this));
      pane.close();
      this.rebuild();
      this.focus(this.panes[at]);
    });
  }

  add(model) {
    const there = this.paneOf(model);
    if (!there) {
      if (this.panes.length >= MOST_PANES) this.remove(this.panes[0]);
      this.panes.push(new Pane(model, this));
      this.rebuild();
    }
    this.takeUp(there ?? this.panes.at(-1));
  }

  /** Takes a phone in hand and brings it and its tab into view. */
  takeUp(pane) {
    this.focus(pane);
    pane.node.scrollIntoView({ behavior: "smooth", inline: "nearest", block: "nearest" });
    this.tabs.children[this.panes.indexOf(pane)]?.scrollIntoView(IN_SIGHT);
  }

  remove(pane) {
    this.panes = this.panes.filter((one) => one !== pane);
    pane.close();
    if (this.panes.length === 0) put(this.row, this.addTile());
    if (this.focused === pane) {
      this.focused = null;
      this.focus(this.panes[0] ?? null);
    }
    this.changed();
  }

  focus(pane) {
    if (this.focused === pane) return;
    const before = this.focused;
    this.focused = pane;
    for (const one of this.panes) one.node.classList.toggle("current", one === pane);
    before?.refreshHead();
    if (!pane) return;
    pane.refreshHead();
    pane.read();
    this.changed();
  }

  /** Something that the tabs or the kept desk show has changed. */
  changed() {
    sessionStorage.setItem(
      KEPT,
      JSON.stringify(this.panes.map(({ person: id, chat: open }) => ({ person: id, chat: open }))),
    );
    for (const pane of this.panes) pane.refreshHead();
    this.fit();
    keyed(
      this.tabs,
      [...this.panes.keys(), "add", ...(hasHint() ? ["help"] : [])],
      (key) => this.tab(key),
      (node, key) => this.refreshTab(node, this.panes[key]),
    );
  }

  tab(key) {
    if (key === "add") return signTab("add", t("show_person"), () => this.pick());
    if (key === "help") return signTab("tip", t("try_it"), () => this.help());
    return el(
      "button",
      { type: "button", class: "phone-tab", onclick: () => this.takeUp(this.panes[key]) },
      el("span", { class: "tab-face" }),
      el("span", { class: "tab-name" }),
      el("span", { class: "badge" }),
    );
  }

  refreshTab(node, pane) {
    if (!pane) return;
    if (pane.isFocused()) node.setAttribute("aria-current", "true");
    else node.removeAttribute("aria-current");
    const shows = isPrivate(pane.chat) ? pane.person : pane.chat;
    if (node.dataset.shows !== String(shows))
      put(node.querySelector(".tab-face"), avatar(shows, "small"));
    node.dataset.shows = shows;
    node.title = personName(pane.person);
    node.querySelector(".tab-name").textContent = isPrivate(shows)
      ? personName(shows)
      : chatTitle(shows);
    const n = pane.isFocused() ? 0 : pane.unread();
    setBadge(node.querySelector(".badge"), n, t("unread", { n }));
  }
}

const signTab = (sign, label, onclick) =>
  el(
    "button",
    { type: "button", class: `phone-tab sign-tab ${sign}-tab`, "aria-label": label, onclick },
    icon(sign),
  );

/** What to open for a person (their private chat) or a group (through somebody's eyes). */
function modelOf(id) {
  if (isPrivate(id)) return { person: id, chat: id };
  return { person: state.frontAs[id] ?? chat(id)?.members[0], chat: id };
}

function front() {
  const ids =
    state.front.length > 0 ? state.front : [...state.people.keys()].slice(0, FRONT_WHEN_UNSAID);
  return ids.map(modelOf);
}

function kept() {
  try {
    const models = JSON.parse(sessionStorage.getItem(KEPT));
    return models?.some(isStillThere) ? models : null;
  } catch {
    return null;
  }
}

const isStillThere = ({ person: id, chat: open }) => Boolean(person(id)) && state.chats.has(open);
