/**
 * Whether a phone has signal. Without it nothing new is seen on the phone, and what its person does
 * waits, in order, until the signal is back: as on a road in a storm. The bot is told nothing.
 */

import { chatsOf, history } from "./store.js";
import { t } from "./words.js";

const MOST_WAITING = 30; // more is refused, in words

const signals = new Map();

class Signal {
  constructor(person) {
    this.person = person;
    this.lost = false;
    this.waiting = [];
    this.seen = new Map();
  }

  lose() {
    this.lost = true;
    this.seen = new Map(chatsOf(this.person).map((id) => [id, history(id).at(-1)]));
  }

  /** What of a chat's messages has reached the phone. */
  reached(chat, messages) {
    if (!this.lost) return messages;
    return messages.slice(0, messages.indexOf(this.seen.get(chat)) + 1);
  }

  /** Does `job()` now, or when the signal is back; `chat` and `words` are what waits to be seen. */
  async send(job, chat, words) {
    if (!this.lost) return job();
    if (this.waiting.length >= MOST_WAITING) throw new Error(t("too_much_waits"));
    return new Promise((done, failed) => {
      this.waiting.push({ job, done, failed, chat, words });
    });
  }

  /** Words that somebody has written in a chat and that have not left the phone. */
  unsent(chat) {
    return this.waiting.filter((one) => one.words && one.chat === chat).map((one) => one.words);
  }

  async restore() {
    this.lost = false;
    const left = this.waiting.splice(0);
    for (const { job, done, failed } of left) await job().then(done, failed);
  }
}

/** Of all panes with that person's phone: the same one. */
export function signalOf(person) {
  if (!signals.has(person)) signals.set(person, new Signal(person));
  return signals.get(person);
}
