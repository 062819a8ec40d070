"""A bot that answers everything, over plain HTTP with long polling. In: updates. Out: echoes.

`hold` keeps answers to presses of "wait" back until the test lets them go.
"""

import asyncio
from typing import Any

import aiohttp

Json = dict[str, Any]
POLL_S = 50

MENU: Json = {
    "inline_keyboard": [
        [
            {"text": "提示", "callback_data": "toast"},
            {"text": "警告", "callback_data": "alert", "style": "danger"},
        ],
        [
            {"text": "等候", "callback_data": "wait"},
            {"text": "改写", "callback_data": "edit"},
        ],
        [{"text": "深链", "url": "https://t.me/echo_demo_bot?start=deep"}],
    ]
}
KEYS: Json = {
    "keyboard": [
        ["菜单", {"text": "我的位置", "request_location": True}],
        [{"text": "我的号码", "request_contact": True}],
    ],
    "input_field_placeholder": "请说",
    "resize_keyboard": True,
}


class EchoBot:
    """Use as `async with EchoBot(api_url, token)`."""

    def __init__(self, api_url: str, token: str) -> None:
        self._base = f"{api_url}{token}"
        self.hold = asyncio.Event()

    async def __aenter__(self) -> "EchoBot":
        self._session = aiohttp.ClientSession()
        commands = [
            {"command": "menu", "description": "显示菜单"},
            {"command": "why", "description": "要求回复"},
        ]
        await self.call("setMyCommands", commands=commands)
        self._poll = asyncio.create_task(self._run())
        return self

    async def __aexit__(self, *_: object) -> None:
        self._poll.cancel()
        await asyncio.gather(self._poll, return_exceptions=True)
        await self._session.close()

    async def call(self, method: str, **params: Any) -> Any:
        """The method's result. AssertionError when the stand-in refuses it."""
        async with self._session.post(f"{self._base}/{method}", json=params) as response:
            reply = await response.json()
        assert reply["ok"], reply
        return reply["result"]

    async def say(self, chat: int, text: str, **more: Any) -> Any:
        return await self.call("sendMessage", chat_id=chat, text=text, **more)

    async def upload(self, chat: int, name: str, data: bytes) -> None:
        """Send a file made here."""
        form = aiohttp.FormData({"chat_id": str(chat)}, quote_fields=False)
        form.add_field("document", data, filename=name)
        async with self._session.post(f"{self._base}/sendDocument", data=form) as response:
            assert (await response.json())["ok"]

    async def _run(self) -> None:
        offset = 0
        while True:
            try:
                updates = await self.call("getUpdates", offset=offset, timeout=POLL_S)
            except aiohttp.ClientError:
                return  # the stand-in was stopped
            for update in updates:
                offset = update["update_id"] + 1
                await self._take(update)

    async def _take(self, update: Json) -> None:
        if "callback_query" in update:
            await self._pressed(update["callback_query"])
        elif "message" in update:
            await self._answer(update["message"])
        elif "my_chat_member" in update:
            await self._moved(update["my_chat_member"])

    async def _moved(self, change: Json) -> None:
        """Say who brought it in, where it may write."""
        if change["new_chat_member"]["status"] in {"member", "administrator"}:
            name = change["from"]["first_name"]
            await self.say(change["chat"]["id"], f"{name} 让我来的")

    async def _answer(self, message: Json) -> None:
        chat, text = message["chat"]["id"], message.get("text", "")
        if text.startswith("/start"):
            await self.say(chat, f"欢迎{text.removeprefix('/start')}", reply_markup=KEYS)
        elif text == "菜单" or text.startswith("/menu"):
            await self.say(chat, "<b>请选</b>一项", parse_mode="HTML", reply_markup=MENU)
        elif text.startswith("/why"):
            ask = {"force_reply": True, "input_field_placeholder": "例如下雨"}
            await self.say(chat, "为什么?", reply_markup=ask)
        elif text.startswith("/list"):
            await self.upload(chat, "名单.csv", "姓名,电话\n".encode())
        elif text.startswith("/always"):
            keys = {"keyboard": [["车坏了"]], "is_persistent": True, "resize_keyboard": True}
            await self.say(chat, "常驻", reply_markup=keys)
        elif text or "caption" in message:
            words = text or message["caption"]
            quoted = "回复 " if "reply_to_message" in message else ""
            await self.say(chat, f"{quoted}回声:{words}")
        else:
            await self._answer_thing(chat, message)

    async def _answer_thing(self, chat: int, message: Json) -> None:
        if place := message.get("location"):
            live = f"共享{place['live_period']}秒" if "live_period" in place else "在"
            await self.say(chat, f"{live} {place['latitude']:.3f},{place['longitude']:.3f}")
        if contact := message.get("contact"):
            own = contact.get("user_id") == message["from"]["id"]
            whose = "本人" if own else "并非本人"
            await self.say(chat, f"{whose}的号码 {contact['phone_number']}")
        for kind in ("photo", "voice", "document"):
            if kind in message:
                await self.say(chat, f"收到 {kind}")

    async def _pressed(self, query: Json) -> None:
        data, shown = query["data"], query["message"]
        if data == "wait":
            await self.hold.wait()
        if data == "edit":
            where = {"chat_id": shown["chat"]["id"], "message_id": shown["message_id"]}
            await self.call("editMessageText", text="改好了", **where)
        alert = data == "alert"
        words = f"{query['from']['first_name']} 按了 {data}"
        await self.call(
            "answerCallbackQuery", callback_query_id=query["id"], text=words, show_alert=alert
        )
