/** The page's own words in both languages. Words of the bot and of the people are never touched. */

const WORDS = {
  subtitle: ["本机 Telegram 替身", "Telegram stand-in on this machine"],
  got_it: ["知道了", "Got it"],
  try_it: ["试一试", "What to try"],
  real_time: ["实时", "Real time"],
  fast: ["快进", "Fast"],
  fast_hint: ["快进:一秒等于一分钟", "Fast-forward: a minute a second"],
  pause: ["暂停", "Pause"],
  minute: ["分", "min"],
  plus_hint: ["把时间拨快 {n} 分钟", "Move time on by {n} minutes"],
  clock: ["替身时间", "Stand-in time"],
  show_person: ["添加人物", "Show someone"],
  other_language: ["English", "中文"],
  search_people: ["按姓名、岗位或电话查找", "Search by name, role or phone"],
  people: ["人员", "People"],
  groups: ["群组", "Groups"],
  nobody_found: ["没有找到", "Nobody found"],
  shown_now: ["已显示", "Shown"],
  seen_by: ["{name} 的手机", "On {name}'s phone"],
  see_as: ["换个人看这个群", "See this group as somebody else"],
  members: ["{n} 位成员", "{n} members"],
  bot: ["机器人", "bot"],
  close_pane: ["收起这部手机", "Put this phone away"],
  pane_menu: ["更多", "More"],
  all_chats: ["全部聊天", "All chats"],
  chats_of: ["{name} 的聊天", "Chats of {name}"],
  block: ["停用机器人(拉黑)", "Block the bot"],
  unblock: ["恢复使用机器人", "Unblock the bot"],
  blocked: ["已停用机器人", "Bot blocked"],
  blocked_hint: ["机器人现在无法给此人发消息", "The bot cannot write to this person now"],
  no_signal: ["没有信号，等待网络…", "No signal, waiting for the network…"],
  signal_back: ["恢复信号", "Back again"],
  lose_signal: ["没有信号", "Lose the signal"],
  lose_signal_hint: [
    "收不到消息；发出的、按下的都等着",
    "Nothing comes; what is sent or pressed waits",
  ],
  waits_to_be_sent: ["📎 等待发送", "📎 Waiting to be sent"],
  too_much_waits: ["等着发送的太多了", "Too much is waiting to be sent"],
  no_answer: ["连不上替身", "The stand-in does not answer"],
  migrate: ["升级为超级群(换群号)", "Upgrade to a supergroup (new id)"],
  migrated: ["群已升级为超级群", "This group became a supergroup"],
  leave: ["退出这个群", "Leave this group"],
  start: ["开始", "START"],
  start_hint: [
    "按“开始”后机器人才能主动联系此人",
    "Only after START may the bot write to this person",
  ],
  write: ["输入消息…", "Message…"],
  send: ["发送", "Send"],
  attach: ["附件", "Attach"],
  commands: ["命令", "Commands"],
  no_commands: ["机器人还没有登记命令", "The bot has not set any commands"],
  toggle_keyboard: ["显示或收起按钮键盘", "Show or hide the button keyboard"],
  place: ["位置", "Place"],
  live_place: ["实时位置", "Live location"],
  live_moves: ["移动实时位置", "Move the live location"],
  live_stop: ["停止共享", "Stop sharing"],
  live_left: ["实时 · 剩 {n} 分钟", "Live · {n} min left"],
  live_over: ["实时位置已结束", "Live location ended"],
  photo_file: ["照片(从文件)", "Photo from a file"],
  photo_sample: ["样例照片", "Sample photo"],
  voice_sample: ["样例语音", "Sample voice note"],
  document_file: ["文件", "File"],
  own_contact: ["我的电话", "My phone number"],
  reply: ["回复", "Reply"],
  cancel: ["取消", "Cancel"],
  ok: ["好", "OK"],
  edited: ["已编辑", "edited"],
  today: ["今天", "Today"],
  typing: ["正在输入", "typing"],
  unread: ["{n} 条未读", "{n} unread"],
  new_below: ["{n} 条新消息", "{n} new"],
  to_bottom: ["回到最新", "Jump to the latest"],
  earlier: ["显示更早的 {n} 条", "Show {n} earlier"],
  empty_group: ["还没有消息", "No messages yet"],
  empty_private: ["这里还没有对话", "Nothing has been said here yet"],
  pick_place: ["在图上点一个位置", "Click a point on the map"],
  send_place: ["发送位置", "Send this place"],
  send_live: ["共享 {n} 分钟", "Share for {n} min"],
  move_here: ["移到这里", "Move here"],
  share_place: ["共享我的位置", "Share my location"],
  near: ["{name}附近", "near {name}"],
  zoom_in: ["放大", "Zoom in"],
  zoom_out: ["缩小", "Zoom out"],
  map_hint: ["方向键移动,加减号缩放", "Arrow keys move, + and − zoom"],
  coordinates: ["坐标 (WGS-84)", "Coordinates (WGS-84)"],
  photo: ["照片", "Photo"],
  voice: ["语音", "Voice note"],
  document: ["文件", "File"],
  contact: ["联系人", "Contact"],
  sticker: ["贴纸", "Sticker"],
  poll: ["投票", "Poll"],
  unknown_kind: ["此处不支持的消息类型", "A kind of message not shown here"],
  play: ["播放", "Play"],
  copied: ["已复制", "Copied"],
  waiting: ["等待机器人回应", "Waiting for the bot"],
  not_supported: ["替身不支持这个按钮", "The stand-in does not support this button"],
  joined: ["{names} 加入了群", "{names} joined the group"],
  left: ["{name} 离开了群", "{name} left the group"],
  brought: ["{by} 把 {names} 拉进了群", "{by} added {names}"],
  put_out: ["{by} 把 {name} 移出了群", "{by} removed {name}"],
  group_created: ["群已创建:{title}", "Group created: {title}"],
  new_title: ["群名改为:{title}", "Group renamed: {title}"],
  pinned: ["置顶:{text}", "Pinned: {text}"],
  offline: ["与替身的连接断开,正在重连…", "Lost the stand-in, reconnecting…"],
  loading: ["正在连接替身…", "Connecting to the stand-in…"],
  failed: ["没有成功:{why}", "That failed: {why}"],
  too_big: ["文件太大(上限 {n} MB)", "The file is too big (limit {n} MB)"],
  nobody_shown: ["还没有打开任何人的手机", "Nobody's phone is open yet"],
  nobody_shown_hint: [
    "选一位同事,看看机器人怎样与他对话",
    "Choose somebody to see how the bot talks with them",
  ],
  phones: ["手机", "Phones"],
  new_phone: ["新手机(新同事)", "A new phone (a newcomer)"],
  name: ["姓名", "Name"],
  phone_number: ["电话号码", "Phone number"],
  change_number: ["换电话号码", "Change the number"],
  app_language: ["手机语言", "App language"],
  language_unsaid: ["不告诉机器人", "Not told to the bot"],
  add: ["添加", "Add"],
  deactivate: ["注销 Telegram 账号", "Delete the Telegram account"],
  deactivate_sure: [
    "账号不能恢复。换了账号的人用“新手机”重新来。",
    "It cannot be undone. Somebody with a new account comes as a new phone.",
  ],
  deactivated: ["这个 Telegram 账号已注销", "This Telegram account was deleted"],
  share_number: ["共享我的号码", "Share my number"],
  share_number_sure: [
    "{bot} 会知道你的电话号码。共享吗?",
    "{bot} will know your phone number. Share it?",
  ],
  other_contact: ["别人的名片", "Somebody else's contact"],
  typed_card: ["手写名片(号码自己填)", "A typed card (any number)"],
  silent: ["静音消息", "Came without a sound"],
  new_group: ["新建群", "New group"],
  group_title: ["群名", "Group name"],
  with_bot: ["把机器人一起拉进群", "With the bot in it"],
  add_member: ["拉人进群", "Add somebody"],
  bot_here: ["群里的机器人", "The bot in this group"],
  bot_member: ["普通成员", "A member"],
  bot_administrator: ["管理员", "An administrator"],
  bot_muted: ["已禁言", "Muted"],
  bot_away: ["不在群里", "Not in the group"],
  add_bot: ["把机器人拉进群", "Add the bot"],
  remove_bot: ["把机器人移出群", "Remove the bot"],
  remove_bot_sure: [
    "移出后,机器人收不到也发不出这个群的消息。",
    "It can then neither read nor write here.",
  ],
  bot_promote: ["设机器人为管理员", "Make the bot an administrator"],
  bot_demote: ["取消机器人的管理员", "Make the bot a member again"],
  bot_mute: ["禁止机器人发言", "Mute the bot"],
  bot_unmute: ["允许机器人发言", "Let the bot write"],
  own_standing: ["我在群里的身份", "My standing here"],
  is_member: ["普通成员", "A member"],
  is_creator: ["群主", "The group's creator"],
  is_administrator: ["管理员", "An administrator"],
  is_anonymous: ["匿名管理员", "An anonymous administrator"],
  lead: ["成为管理员", "Become an administrator"],
  unlead: ["不再当管理员", "Become a member again"],
  mask: ["成为匿名管理员", "Become an anonymous administrator"],
  unmask: ["不再匿名", "Stop being anonymous"],
  place_word: ["地点", "Place"],
};

const KEY = "stand-in.language";
const LANGUAGES = ["zh", "en"];

let language = chosen();

function chosen() {
  const kept = localStorage.getItem(KEY);
  if (LANGUAGES.includes(kept)) return kept;
  const wanted = navigator.languages ?? [navigator.language];
  return wanted.some((tag) => tag.toLowerCase().startsWith("zh")) ||
    !wanted.some((tag) => tag.toLowerCase().startsWith("en"))
    ? "zh"
    : "en";
}

export const currentLanguage = () => language;

/** The tag for Intl formatters. */
export const locale = () => (language === "zh" ? "zh-CN" : "en-GB");

export function toggleLanguage() {
  language = language === "zh" ? "en" : "zh";
  localStorage.setItem(KEY, language);
}

/** The words for a key, with `{name}` filled in. */
export function t(key, values = {}) {
  const words = WORDS[key][LANGUAGES.indexOf(language)];
  return words.replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ""));
}

/** Text of the cast that may be plain or `{zh, en}`. */
export function both(text) {
  if (text === null || text === undefined) return "";
  if (typeof text === "string") return text;
  return text[language] ?? text.zh ?? text.en ?? "";
}
