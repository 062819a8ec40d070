/** The chats of one phone as tabs, and as a list when they may not all fit. */

import { el, icon, iconButton, keyed, setBadge } from "./dom.js";
import { chatTitle, personName } from "./names.js";
import { menu } from "./overlay.js";
import { chat, chatsOf, isPrivate } from "./store.js";
import { t } from "./words.js";

const TABS_THAT_FIT = 2;

export class ChatBar {
  constructor(pane) {
    this.pane = pane;
    const label = t("chats_of", { name: personName(pane.person) });
    this.tabs = el("nav", { class: "chats", "aria-label": label });
    this.all = iconButton("down", t("all_chats"), () => this.openList(), {
      class: "icon-button all-chats",
    });
    this.node = el("div", { class: "chat-bar" }, this.tabs, this.all);
  }

  refresh() {
    const ids = chatsOf(this.pane.person);
    this.all.hidden = ids.length <= TABS_THAT_FIT;
    this.node.classList.toggle("long", !this.all.hidden);
    keyed(
      this.tabs,
      ids,
      (id) => this.tab(id),
      (node, id) => this.refreshTab(node, id),
    );
    this.showOpen();
  }

  tab(id) {
    return el(
      "button",
      { type: "button", class: "chat-tab", onclick: () => this.pane.open(id) },
      icon(isPrivate(id) ? "bot" : "group"),
      el("span", { class: "chat-name" }),
      el("span", { class: "badge" }),
    );
  }

  refreshTab(node, id) {
    const current = id === this.pane.chat;
    if (current) node.setAttribute("aria-current", "true");
    else node.removeAttribute("aria-current");
    node.title = isPrivate(id) ? t("bot") : t("members", { n: chat(id).members.length });
    node.querySelector(".chat-name").textContent = chatTitle(id);
    const n = current && this.pane.isFocused() ? 0 : this.pane.unread(id);
    setBadge(node.querySelector(".badge"), n, t("unread", { n }));
  }

  /** Brings the open chat's tab into view when another chat was opened. */
  showOpen() {
    if (this.shown === this.pane.chat) return;
    this.shown = this.pane.chat;
    const tab = this.tabs.querySelector("[aria-current]");
    if (tab) this.tabs.scrollLeft = tab.offsetLeft - this.tabs.offsetLeft;
  }

  openList() {
    const items = chatsOf(this.pane.person).map((id) => {
      const n = this.pane.unread(id);
      return {
        icon: isPrivate(id) ? "bot" : "group",
        label: chatTitle(id),
        hint: n > 0 && t("unread", { n }),
        pick: () => this.pane.open(id),
      };
    });
    menu(this.all, items);
  }
}
