/** The list of a person's commands in a chat, above the composer: opened by its button, or filtered while "/…" is typed. */

import { el, put } from "./dom.js";
import { isPrivate, state } from "./store.js";
import { t } from "./words.js";
import { menuOf } from "./wire.js";

export class CommandList {
  constructor(composer) {
    this.composer = composer;
    this.node = el("div", {
      class: "commands",
      role: "listbox",
      "aria-label": t("commands"),
      hidden: true,
    });
    this.chosen = 0;
    this.shown = [];
    this.forced = false;
  }

  toggle() {
    if (!this.node.hidden) return this.close();
    this.forced = true;
    this.offered().then((commands) => this.forced && this.show(commands));
    return this.composer.focus();
  }

  /** The commands the bot offers this person here; asked for once each time the list opens. */
  offered() {
    const { person, chat } = this.composer.pane;
    this.asked ??= menuOf(person, chat).catch(() => []);
    return this.asked;
  }

  /** Follows what is typed. */
  async suggest(text) {
    if (!/^\/\w*$/.test(text)) {
      if (!(this.forced && text === "")) this.close();
      return;
    }
    const commands = await this.offered();
    if (this.composer.input.value !== text) return; // more was typed meanwhile
    const typed = text.slice(1).toLowerCase();
    const found = commands.filter((one) => one.command.startsWith(typed));
    // Enter takes the first: what is typed to its end, though a longer one stands before it.
    found.sort((a, b) => (b.command === typed) - (a.command === typed));
    if (found.length > 0) this.show(found);
    else this.hide();
  }

  show(commands) {
    this.shown = commands;
    this.chosen = 0;
    this.node.hidden = false;
    put(
      this.node,
      commands.length === 0
        ? el("p", { class: "hint" }, t("no_commands"))
        : commands.map((one, i) => this.line(one, i)),
    );
    this.mark();
  }

  line(one, i) {
    return el(
      "button",
      {
        type: "button",
        role: "option",
        class: "command",
        tabindex: "-1",
        onclick: () => this.pick(i),
      },
      el("strong", {}, `/${one.command}`),
      el("span", {}, one.description),
    );
  }

  close() {
    this.forced = false;
    this.asked = null;
    this.hide();
  }

  hide() {
    this.node.hidden = true;
  }

  pick(i) {
    const bot = isPrivate(this.composer.pane.chat) ? "" : `@${state.bot.username}`;
    this.composer.command(`/${this.shown[i].command}${bot}`);
    this.composer.focus();
  }

  mark() {
    [...this.node.querySelectorAll(".command")].forEach((line, i) => {
      line.setAttribute("aria-selected", String(i === this.chosen));
      if (i === this.chosen) line.scrollIntoView({ block: "nearest" });
    });
  }

  /** Keys while the list is open; true when it used the key. */
  key(event) {
    if (this.node.hidden || this.shown.length === 0) return false;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      this.chosen = (this.chosen + step + this.shown.length) % this.shown.length;
      this.mark();
    } else if (event.key === "Enter" || event.key === "Tab") this.pick(this.chosen);
    else if (event.key === "Escape") this.close();
    else return false;
    event.preventDefault();
    return true;
  }
}
