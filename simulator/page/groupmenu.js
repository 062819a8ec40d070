/** What can be done with a group from a phone in it: people, the bot, administrators, leaving. */

import { confirmIn } from "./forms.js";
import { menu } from "./overlay.js";
import { pickSomebody } from "./picker.js";
import { chat, state } from "./store.js";
import { t } from "./words.js";

/** Items for a pane's menu while a group is open; `anchor` is where the menus hang. */
export function groupItems(pane, anchor) {
  const { id, kind, bot } = chat(pane.chat);
  return [
    { icon: "eye", label: t("see_as"), pick: () => pane.panes.pickEyes(pane) },
    { icon: "add", label: t("add_member"), pick: () => addMember(pane, id) },
    {
      icon: "bot",
      label: t("bot_here"),
      hint: t(STANDINGS[bot] ?? "bot_away"),
      pick: () => menu(anchor, botItems(pane, bot)),
    },
    {
      icon: "star",
      label: t("own_standing"),
      hint: t(ownStanding(pane)),
      pick: () => menu(anchor, ownItems(pane)),
    },
    kind === "group" && { icon: "up", label: t("migrate"), pick: () => pane.act("migrate") },
    { icon: "forward", label: t("leave"), danger: true, pick: () => pane.act("leave") },
    null,
  ].filter((item) => item !== false);
}

const STANDINGS = {
  member: "bot_member",
  administrator: "bot_administrator",
  restricted: "bot_muted",
  left: "bot_away",
  kicked: "bot_away",
};

function addMember(pane, id) {
  const inside = chat(id).members;
  const others = [...state.people.keys()].filter((one) => !inside.includes(one));
  pickSomebody(t("add_member"), { only: others, shown: () => false }, (member) =>
    pane.act("bring", { member }),
  );
}

function botItems(pane, standing) {
  if (STANDINGS[standing] === "bot_away")
    return [{ icon: "add", label: t("add_bot"), pick: () => pane.act("add_bot") }];
  const muted = standing === "restricted";
  const leads = standing === "administrator";
  return [
    {
      icon: "star",
      label: t(leads ? "bot_demote" : "bot_promote"),
      pick: () => pane.act(leads ? "demote" : "promote", { member: "bot" }),
    },
    {
      icon: muted ? "check" : "block",
      label: t(muted ? "bot_unmute" : "bot_mute"),
      pick: () => pane.act("restrict_bot", { can_send: muted }),
    },
    {
      icon: "close",
      label: t("remove_bot"),
      danger: true,
      pick: () =>
        confirmIn(pane.node, t("remove_bot"), t("remove_bot_sure"), t("remove_bot"), () =>
          pane.act("remove_bot"),
        ),
    },
  ];
}

function ownStanding(pane) {
  const { administrators, anonymous, creator } = chat(pane.chat);
  if (anonymous.includes(pane.person)) return "is_anonymous";
  if (creator === pane.person) return "is_creator";
  return administrators.includes(pane.person) ? "is_administrator" : "is_member";
}

function ownItems(pane) {
  const { administrators, anonymous, creator } = chat(pane.chat);
  const member = pane.person;
  const leads = administrators.includes(member);
  const masked = anonymous.includes(member);
  return [
    !leads && { icon: "star", label: t("lead"), pick: () => pane.act("promote", { member }) },
    {
      icon: "eye",
      label: t(masked ? "unmask" : "mask"),
      pick: () => pane.act("promote", { member, anonymous: !masked }),
    },
    leads &&
      creator !== member && {
        icon: "person",
        label: t("unlead"),
        pick: () => pane.act("demote", { member }),
      },
  ].filter((item) => item !== false);
}
