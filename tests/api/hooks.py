"""What a machine that makes up requests cannot know: each needs a key of its own, cursors are made by Luotsi, and a header
made up beside the right one lets nobody in."""

import os
import re
import uuid

import schemathesis


@schemathesis.hook
def before_call(context, case, kwargs):
    if case.headers and case.headers.get("Idempotency-Key"):
        case.headers["Idempotency-Key"] = str(uuid.uuid4())
    mode = getattr(getattr(case.meta, "generation", None), "mode", None)
    if getattr(mode, "value", None) == "positive" and case.headers and "Authorization" in case.headers:
        case.headers["Authorization"] = f"Bearer {os.environ['LUOTSI_TOKEN']}"
    cursor = (case.query or {}).get("cursor")
    if isinstance(cursor, str) and re.fullmatch("[A-Za-z0-9_-]+", cursor):
        del case.query["cursor"]
