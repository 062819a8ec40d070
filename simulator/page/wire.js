/** Talks to the stand-in's server: state, events, acts of people, the clock. Shapes as served there. */

import { t } from "./words.js";

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 8000;

async function request(path, body) {
  const options =
    body === undefined
      ? {}
      : {
          method: "POST",
          headers: { "Content-Type": "application/json" },
          body: JSON.stringify(body),
        };
  const response = await fetch(path, options).catch(() => {
    throw new Error(t("no_answer")); // the browser's own words are English, whatever is read here
  });
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(answer.error ?? `HTTP ${response.status}`);
  return answer;
}

const fetchState = () => request("/stage/state");

/** Somebody does something; `what` is the `do` word. Throws an Error with the server's reason. */
export const act = (person, what, args = {}) =>
  request("/stage/act", { as: person, do: what, ...args });

/** What somebody's app offers after "/" in a chat: `[{command, description}]`. */
export const menuOf = async (person, chat) =>
  (await request(`/stage/menu?as=${person}&chat=${chat}`)).commands;

export const setRate = (rate) => request("/stage/clock", { rate });

export const advance = (seconds) => request("/stage/clock", { advance_s: seconds });

export const fileUrl = (fileId) => `/stage/file/${encodeURIComponent(fileId)}`;

/**
 * Follows the stand-in for ever: a fresh state at first and after every break, then its events.
 * Calls `onState(state)`, `onEvent(event)`, `onLost()`. Returns a function that forces a fresh state.
 */
export function follow({ onState, onEvent, onLost }) {
  let source = null;
  let timer = null;
  let wait = FIRST_WAIT_MS;
  let round = 0;

  function later() {
    clearTimeout(timer);
    timer = setTimeout(connect, wait);
    wait = Math.min(wait * 2, LONGEST_WAIT_MS);
  }

  function lost() {
    source?.close();
    source = null;
    onLost();
    later();
  }

  async function connect() {
    clearTimeout(timer);
    source?.close();
    const mine = ++round;
    let state;
    try {
      state = await fetchState();
    } catch {
      if (mine === round) lost();
      return;
    }
    if (mine !== round) return;
    onState(state);
    const opened = new EventSource(`/stage/events?since=${state.seq}`);
    source = opened;
    opened.onopen = () => {
      wait = FIRST_WAIT_MS;
    };
    opened.onerror = () => {
      if (mine === round) lost();
    };
    opened.onmessage = (message) => {
      if (mine === round) onEvent(JSON.parse(message.data));
    };
  }

  connect();
  return connect;
}
