/** Small forms in a sheet: a new phone, a new group, a language, a typed card; and a question with yes and no. */

import { el } from "./dom.js";
import { sheet } from "./overlay.js";
import { t } from "./words.js";

const LONGEST_NAME = 64;
const LONGEST_TITLE = 128;
const LONGEST_PHONE = 24;
/** What Telegram's apps call their languages to a bot; "" is an app that does not say. */
const APP_LANGUAGES = { "zh-hans": "中文", en: "English", de: "Deutsch", "": null };

/** Asks for a new phone; `done({name, phone, language})`. */
export function askNewcomer(done) {
  const name = textField("name", { maxlength: LONGEST_NAME, required: true, "data-first": true });
  const phone = numberField();
  const language = languageField("zh-hans");
  form(document.body, t("new_phone"), [name, phone, language], t("add"), () =>
    done({ name: value(name), phone: value(phone), language: value(language) }),
  );
}

/** Asks for a new group; `done({title, with_bot})`. */
export function askGroup(host, done) {
  const title = textField("group_title", {
    maxlength: LONGEST_TITLE,
    required: true,
    "data-first": true,
  });
  const withBot = el("input", { type: "checkbox", checked: true });
  const label = el("label", { class: "field check" }, withBot, el("span", {}, t("with_bot")));
  form(host, t("new_group"), [title, label], t("add"), () =>
    done({ title: value(title), with_bot: withBot.checked }),
  );
}

/** Asks which language somebody's app has; `done(code)`. */
export function askLanguage(host, now, done) {
  const language = languageField(now ?? "");
  form(host, t("app_language"), [language], t("ok"), () => done(value(language)));
}

/** Asks for a phone number; `done(number)`. */
export function askNumber(host, title, words, done) {
  const phone = numberField({ "data-first": true });
  form(host, title, [phone], words, () => done(value(phone)));
}

/** A question as Telegram's apps ask it before they give something away. */
export function confirmIn(host, title, text, yes, done) {
  sheet(
    host,
    title,
    (close) =>
      el(
        "div",
        { class: "alert" },
        el("p", {}, text),
        el(
          "div",
          { class: "sheet-feet" },
          el("button", { type: "button", class: "plain-button", onclick: close }, t("cancel")),
          el(
            "button",
            {
              type: "button",
              class: "main-button",
              "data-first": true,
              onclick: () => {
                close();
                done();
              },
            },
            yes,
          ),
        ),
      ),
    { class: "sheet small-sheet", role: "alertdialog" },
  );
}

function form(host, title, fields, words, done) {
  sheet(
    host,
    title,
    (close) => {
      const send = (event) => {
        event.preventDefault();
        close();
        done();
      };
      const button = el("button", { type: "submit", class: "main-button" }, words);
      return el("form", { class: "form", onsubmit: send }, fields, button);
    },
    { class: "sheet form-sheet" },
  );
}

const textField = (word, props) =>
  field(word, el("input", { type: "text", autocomplete: "off", ...props }));

const numberField = (props = {}) =>
  textField("phone_number", {
    type: "tel",
    maxlength: LONGEST_PHONE,
    pattern: "\\+?[0-9 \\-]{3,}",
    placeholder: "+86 138 0000 0000",
    required: true,
    ...props,
  });

function languageField(now) {
  const options = Object.entries(APP_LANGUAGES).map(([code, name]) =>
    el("option", { value: code, selected: code === now }, name ?? t("language_unsaid")),
  );
  return field("app_language", el("select", {}, options));
}

const field = (word, input) =>
  el("label", { class: "field" }, el("span", {}, t(word)), input);

const value = (node) => node.querySelector("input, select").value.trim();
