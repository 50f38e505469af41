"""What a machine that makes up requests cannot know: each needs a key of its own, cursors are made by Luotsi, an
Authorization made up in the token's place lets nobody in, and neither does a token once it has taken itself back."""

import re
import uuid

import schemathesis


@schemathesis.hook
def before_call(context, case, kwargs):
    if case.headers and case.headers.get("Idempotency-Key"):
        case.headers["Idempotency-Key"] = str(uuid.uuid4())
    cursor = (case.query or {}).get("cursor")
    if isinstance(cursor, str) and re.fullmatch("[A-Za-z0-9_-]+", cursor):
        del case.query["cursor"]
    if case.path == "/tokens/{id}/withdrawal" and is_uuid(case.path_parameters.get("id")):
        case.path_parameters["id"] = str(uuid.uuid4())


def is_uuid(text):
    try:
        return isinstance(text, str) and bool(uuid.UUID(text))
    except ValueError:
        return False


@schemathesis.hook
def map_headers(context, headers):
    return {name: value for name, value in (headers or {}).items() if name.lower() != "authorization"}
