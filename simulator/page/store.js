/**
 * What the page knows: the stand-in's state kept up to date by its events. Views subscribe; only
 * this file changes the state. Kinds told: reset, message, edit, delete, keyboard, answer, typing,
 * clock, chat, person, read.
 */

const LONGEST_HISTORY = 2000; // messages kept a chat; older ones are dropped from the page
const ANSWERS_KEPT = 200;

const listeners = new Map();
const unreadCounts = new Map();
const answers = new Map();

export const state = {
  ready: false,
  bot: null,
  people: new Map(),
  chats: new Map(),
  messages: new Map(),
  keyboards: {},
  page: {},
  front: [],
  frontAs: {},
  seq: 0,
};

/** Subscribes; returns the function that ends it. */
export function on(kind, listener) {
  if (!listeners.has(kind)) listeners.set(kind, new Set());
  listeners.get(kind).add(listener);
  return () => listeners.get(kind).delete(listener);
}

/** Calls back as soon as something holds: now, or after an event of that kind. */
export function when(kind, holds, then) {
  if (holds()) return then();
  const off = on(kind, () => {
    if (!holds()) return;
    off();
    then();
  });
  return off;
}

function tell(kind, detail) {
  for (const listener of [...(listeners.get(kind) ?? [])]) listener(detail);
}

/** Takes in a whole snapshot. */
export function load(snapshot) {
  state.bot = snapshot.bot;
  state.people = new Map(snapshot.people.map((person) => [person.id, person]));
  state.chats = new Map(snapshot.chats.map((chat) => [chat.id, chat]));
  state.messages = new Map(
    Object.entries(snapshot.messages).map(([id, list]) => [
      Number(id),
      list.slice(-LONGEST_HISTORY),
    ]),
  );
  state.keyboards = snapshot.keyboards ?? {};
  state.page = snapshot.page ?? {};
  state.front = snapshot.front;
  state.frontAs = snapshot.front_as ?? {};
  state.seq = snapshot.seq;
  state.ready = true;
  tell("clock", { now: snapshot.now, rate: snapshot.rate });
  tell("reset", {});
}

/** Takes in one event; returns false when only a fresh snapshot can follow it. */
export function apply(event) {
  if (event.seq <= state.seq) return true;
  if (event.seq !== state.seq + 1) return false;
  state.seq = event.seq;
  const take = TAKES[event.type];
  if (!take) return false;
  return take(event);
}

const TAKES = {
  message: ({ chat, message }) => {
    if (!state.chats.has(chat)) return false;
    const list = history(chat);
    list.push(message);
    if (list.length > LONGEST_HISTORY) list.shift();
    for (const viewer of viewers(chat)) if (message.from?.id !== viewer) count(viewer, chat);
    tell("message", { chat, message });
    return true;
  },
  edit: ({ chat, message }) => {
    const list = history(chat);
    const at = list.findIndex((one) => one.message_id === message.message_id);
    if (at >= 0) list[at] = message;
    tell("edit", { chat, message });
    return true;
  },
  delete: ({ chat, message_id: id }) => {
    const message = findMessage(chat, id);
    if (message) message.deleted = true;
    tell("delete", { chat, id });
    return true;
  },
  keyboard: ({ chat, person: viewer, markup }) => {
    state.keyboards[chat] = { ...state.keyboards[chat], [viewer]: markup };
    tell("keyboard", { chat, person: viewer });
    return true;
  },
  answer: (event) => {
    answers.set(event.query_id, event);
    if (answers.size > ANSWERS_KEPT) answers.delete(answers.keys().next().value);
    tell("answer", event);
    return true;
  },
  typing: ({ chat, action }) => {
    tell("typing", { chat, action });
    return true;
  },
  clock: ({ now, rate }) => {
    tell("clock", { now, rate });
    return true;
  },
  chat: ({ chat: changed }) => {
    state.chats.set(changed.id, changed);
    tell("chat", { chat: changed.id });
    return true;
  },
  person: ({ person: changed }) => {
    if (!state.people.has(changed.id)) return false;
    state.people.set(changed.id, changed);
    tell("person", { person: changed.id });
    return true;
  },
};

/** Messages of a chat, oldest first; the list itself, not a copy. */
export function history(chat) {
  if (!state.messages.has(chat)) state.messages.set(chat, []);
  return state.messages.get(chat);
}

export const findMessage = (chat, id) => history(chat).find((message) => message.message_id === id);

export const person = (id) => state.people.get(id);

export const chat = (id) => state.chats.get(id);

export const isPrivate = (chatId) => chatId > 0;

/** The answer already given to a callback query, if any. */
export const answerTo = (queryId) => answers.get(queryId);

/** Chats on a person's phone: the private one with the bot, then the groups they are in. */
export function chatsOf(personId) {
  const groups = [...state.chats.values()].filter(
    (one) => !isPrivate(one.id) && one.members.includes(personId) && !one.migrated_to,
  );
  return [personId, ...groups.map((one) => one.id)];
}

/** The reply keyboard (or forced reply) a person now has in a chat, or null. */
export const keyboardOf = (chatId, personId) => state.keyboards[chatId]?.[personId] ?? null;

const viewers = (chatId) => (isPrivate(chatId) ? [chatId] : (chat(chatId)?.members ?? []));

function count(viewer, chatId) {
  const key = `${viewer}:${chatId}`;
  unreadCounts.set(key, (unreadCounts.get(key) ?? 0) + 1);
}

export const unread = (viewer, chatId) => unreadCounts.get(`${viewer}:${chatId}`) ?? 0;

export const unreadOn = (viewer) =>
  chatsOf(viewer).reduce((sum, id) => sum + unread(viewer, id), 0);

export function markRead(viewer, chatId) {
  if (unreadCounts.delete(`${viewer}:${chatId}`)) tell("read", { viewer, chat: chatId });
}
