"""Hands and eyes for the page: what a visitor does with it. In: a browser page. Out: locators."""

from pathlib import Path

from playwright.async_api import ConsoleMessage, Error, Locator, Page, expect

OFFLINE = "Failed to load resource"  # what the browser itself says when the stand-in is stopped


class Phone:
    """One pane."""

    def __init__(self, page: Page, pane: Locator) -> None:
        self._page = page
        self.pane = pane

    async def say(self, text: str) -> None:
        await self.pane.locator("textarea").fill(text)
        await self.pane.locator("textarea").press("Enter")

    async def press(self, label: str, *, on: str = "") -> None:
        """Press the button of that label; of several messages' that of the last with `on` in it."""
        await (self.button_on(on, label) if on else self.button(label)).click()

    def button(self, label: str) -> Locator:
        return self.pane.get_by_role("button", name=label, exact=True)

    def button_on(self, text: str, label: str) -> Locator:
        return self.bubble(text).last.get_by_role("button", name=label, exact=True)

    async def attach(self, item: str) -> None:
        await self.press("附件")
        await self._page.get_by_role("menuitem", name=item, exact=True).click()

    async def more(self, item: str) -> None:
        await self.press("更多")
        await self._page.get_by_role("menuitem", name=item).click()

    async def choose(self, where: str, item: str) -> None:
        """An item of a menu inside the pane's menu."""
        await self.more(where)
        await self._page.get_by_role("menuitem", name=item, exact=True).click()

    async def new_group(self, title: str, *, with_bot: bool = True) -> None:
        """Make a group and open it."""
        await self.more("新建群")
        form = self.pane.get_by_role("dialog")
        await form.get_by_label("群名").fill(title)
        await form.get_by_label("把机器人一起拉进群").set_checked(with_bot)
        await form.get_by_role("button", name="添加").click()
        await expect(self.tab(title)).to_have_attribute("aria-current", "true")

    async def share_number(self, label: str) -> None:
        """Press the keyboard's contact button and say yes."""
        await self.press(label)
        question = self.pane.get_by_role("alertdialog")
        await question.get_by_role("button", name="共享我的号码", exact=True).click()

    async def send_file(self, path: Path) -> None:
        async with self._page.expect_file_chooser() as chooser:
            await self.attach("文件")
        await (await chooser.value).set_files(path)

    async def open_chat(self, title: str) -> None:
        await self.tab(title).click()

    def tab(self, title: str) -> Locator:
        return self.pane.locator(".chat-tab", has_text=title)

    def bubble(self, text: str) -> Locator:
        return self.pane.locator(".message", has_text=text)

    async def sees(self, text: str) -> None:
        await expect(self.pane.locator(".messages").get_by_text(text).last).to_be_visible()


class Desk:
    """The whole page."""

    def __init__(self, page: Page, url: str) -> None:
        self.page = page
        self._url = url
        self._errors: list[str] = []
        page.on("pageerror", self._failed)
        page.on("console", self._told)

    async def open(self) -> None:
        await self.page.goto(self._url)
        await self.page.wait_for_selector(".pane")

    def phone(self, person: int) -> Phone:
        return Phone(self.page, self.page.locator(f".pane[data-person='{person}']"))

    async def new_phone(self, name: str, number: str, language: str = "zh-hans") -> Phone:
        """A newcomer's phone, added while everything runs."""
        await self.button("添加人物").locator("visible=true").first.click()
        await self.button("新手机(新同事)").click()
        form = self.page.get_by_role("dialog")
        await form.get_by_label("姓名").fill(name)
        await form.get_by_label("电话号码").fill(number)
        await form.get_by_label("手机语言").select_option(language)
        await form.get_by_role("button", name="添加").click()
        pane = self.page.locator(".pane", has=self.page.locator(".who strong", has_text=name))
        await expect(pane).to_be_visible()
        return Phone(self.page, pane)

    def button(self, label: str) -> Locator:
        return self.page.get_by_role("button", name=label, exact=True)

    def had_no_errors(self) -> None:
        assert self._errors == []

    def _failed(self, error: Error) -> None:
        self._errors.append(str(error))

    def _told(self, message: ConsoleMessage) -> None:
        if message.type == "error" and OFFLINE not in message.text:
            self._errors.append(message.text)
