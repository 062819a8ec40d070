"""The embedded store: TinyDB in memory over a journal on disk.

In: documents. Out: the same, after they are on disk, in a folder of readable JSON. Forbidden here:
a second process on the same folder, any network, any decision.

The folder:
- `journal.jsonl`: one line a commit since the snapshot, padded with blank lines;
- `journal-000000000123.jsonl`: an older journal whose snapshot is still to be finished;
- `store.json`: the snapshot; stock `TinyDB("store.json")` opens it;
- `files/`: evidence by hash; `archive/`: one file a closed incident; `lock`: who has it open.
"""

from storage.tiny.limits import Limits
from storage.tiny.lock import StoreInUse
from storage.tiny.opening import open_tiny
from storage.tiny.refusal import OtherVersion
from storage.tiny.store import TinyStore

__all__ = ["Limits", "OtherVersion", "StoreInUse", "TinyStore", "open_tiny"]
