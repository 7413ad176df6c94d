"""What the document cannot say, so that more requests get past the first check.

Only generated requests pass here; the fixed ones of the coverage phase stay as they are.
"""

import schemathesis

EMOJI = "👍", "❤️", "👨‍👩‍👧"
# Everybody is in it, and nobody can delete it.
LOBBY = 1
INT64_MAX = 2**63 - 1


@schemathesis.hook
def map_body(context, body):
    if not isinstance(body, dict):
        return body
    channel = body.get("channelId")
    if isinstance(channel, int) and abs(channel) <= INT64_MAX:
        body |= {"channelId": LOBBY, "replyId": None}
        # Which payload is needed follows from contentType.
        if body.get("textMessage") is None:
            body["textMessage"] = {"text": body.get("clientMsgId") or "words"}
        body["contentType"] = "TEXT_MESSAGE"
    return with_emoji(body)


@schemathesis.hook
def map_query(context, query):
    return with_emoji(query) if isinstance(query, dict) else query


@schemathesis.hook
def filter_case(context, case):
    """The run does not leave the lobby."""
    is_leaving = (case.method, case.path) == ("DELETE", "/api/room/member")
    return not (is_leaving and str((case.query or {}).get("id")) == str(LOBBY))


def with_emoji(fields):
    emoji = fields.get("emoji")
    if isinstance(emoji, str) and len(emoji) % 2:
        fields["emoji"] = EMOJI[len(emoji) % len(EMOJI)]
    return fields
