"""The child that holds litellm: one JSON request a line on stdin, JSON lines on stdout. Only `worker` starts it.

Its first line says whether it is ready. To each request it answers `{"number", "may_cost_usd"}` before it asks the
model, and `{"number", "text", …}` or `{"number", "error", …}` at the end. It ends with its stdin, whatever it is doing:
nobody is left who would read the answer. Keys come with the requests, and are kept nowhere.
"""

import json
import os
import queue
import sys
import threading
from typing import Any

LONGEST = 1 << 20  # bytes of an answer
ERROR = 300  # characters of an error that are passed on
BYTES_A_TOKEN = 3  # English has four, Chinese three a character: an estimate that is rather too high
TOKENS_BESIDE = 64  # of roles and marks
THINKING = 2000  # tokens for a model that thinks before it writes
THINKERS = frozenset({"openai", "azure", "gemini", "vertex_ai"})  # they think unasked; `low` is asked of them
# Names of exceptions, of httpx and of Python: the providers' own differ.
REFUSED = frozenset({"HTTPStatusError"})
UNREACHED = frozenset({"ConnectError", "ConnectTimeout"})
BROKEN = frozenset({"RemoteProtocolError", "ReadError", "WriteError"})
UNREADABLE = frozenset({"JSONDecodeError", "IndexError", "KeyError", "TypeError", "AttributeError", "ValidationError"})
WORTH_ANOTHER_TRY = frozenset({408, 409, 425, 429})


def main() -> None:
    """Answer requests until stdin ends. The one argument is the memory limit in bytes."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8", errors="backslashreplace", newline="\n")
    os.dup2(2, 1)  # what a library prints is no answer
    _limit_memory(int(sys.argv[1]))
    try:
        import importlib

        litellm = importlib.import_module("litellm")
    except MemoryError:
        return _say(answers, {"ready": False, "memory": True, "error": "the model library needs more memory than that"})
    except BaseException as error:  # noqa: BLE001 - whatever a broken installation raises is told
        return _say(answers, {"ready": False, "error": f"litellm cannot be imported: {_said(error)}"})
    _make_quiet(litellm)
    _say(answers, {"ready": True})
    waiting: queue.SimpleQueue[dict[str, Any]] = queue.SimpleQueue()
    threading.Thread(target=_read, args=(waiting,), daemon=True).start()
    child = Child(litellm, lambda line: _say(answers, line))
    while True:
        child.answer(waiting.get())


class Child:
    """What litellm is asked, and what came of it."""

    def __init__(self, litellm: Any, say: Any) -> None:
        self._litellm = litellm
        self._say = say
        self._takes_no_schema: set[tuple[str, str | None]] = set()

    def answer(self, asked: dict[str, Any]) -> None:
        """Say what it may cost, ask, say what was answered."""
        number = asked["number"]
        try:
            settings = self._settings(asked)
            may_cost = self._estimate(asked, settings["max_tokens"])
            refused = _refusal(asked, may_cost)
            if refused is not None:
                self._say({"number": number, "error": refused, "permanent": True, "asked": False})
                return
            self._say({"number": number, "may_cost_usd": may_cost})
            found = self._answer(asked, self._complete(asked, settings))
        except Exception as error:  # noqa: BLE001 - each is told to the parent, by what it means
            found = _failure(error)
            if asked["key"] is None and not asked["own"] and _wants_key(error):
                found |= {"error": f"it wants a key; ask model use {asked['model']} --secret NAME", "permanent": True}
        self._say({"number": number, **found})

    def _settings(self, asked: dict[str, Any]) -> dict[str, Any]:
        """What goes to litellm beside key and schema."""
        model = asked["model"]
        settings = {
            "model": model,
            "messages": asked["messages"],
            "timeout": asked["timeout_s"],
            "max_tokens": asked["max_tokens"],
            "num_retries": 0,
            "max_retries": 0,
            "drop_params": True,
        }
        _, provider, _, _ = self._litellm.get_llm_provider(model, api_base=asked["base_url"])
        if provider in THINKERS and self._litellm.supports_reasoning(model):
            settings |= {"reasoning_effort": "low", "max_tokens": settings["max_tokens"] + THINKING}
        if asked["schema"] is not None:
            settings["temperature"] = (
                0  # the same text gets the same label, as far as a model can; dropped if not taken
            )
        if asked["base_url"]:
            settings["api_base"] = asked["base_url"]
        # A client of OpenAI's refuses to start without a key; a server of one's own wants none.
        settings["api_key"] = asked["key"] or ("none" if asked["base_url"] else None)
        return settings

    def _complete(self, asked: dict[str, Any], settings: dict[str, Any]) -> Any:
        """Ask, with the schema where the model takes one."""
        complete = self._litellm.completion
        if asked["schema"] is None or not self._takes_schema(asked):
            return complete(**settings)
        form = {"name": "answer", "schema": asked["schema"], "strict": asked["strict"]}
        try:
            return complete(**settings, response_format={"type": "json_schema", "json_schema": form})
        except self._litellm.BadRequestError:
            if self._knows_schema(asked["model"]):
                raise
            self._takes_no_schema.add((asked["model"], asked["base_url"]))
            return complete(**settings)

    def _takes_schema(self, asked: dict[str, Any]) -> bool:
        """Whether to try: a server of one's own may well know how, though litellm cannot know that."""
        if (asked["model"], asked["base_url"]) in self._takes_no_schema:
            return False
        return asked["own"] or self._knows_schema(asked["model"])

    def _knows_schema(self, model: str) -> bool:
        return bool(self._litellm.supports_response_schema(model=model, custom_llm_provider=None))

    def _estimate(self, asked: dict[str, Any], max_tokens: int) -> float | None:
        """The most that it may cost, by litellm's own price list; None where that has no price."""
        try:
            prices = self._litellm.get_model_info(asked["model"])
            read, written = float(prices["input_cost_per_token"]), float(prices["output_cost_per_token"])
        except Exception:  # noqa: BLE001 - it raises a bare Exception for a model without a price
            return 0.0 if asked["own"] else None
        size = sum(len(message["content"].encode("utf-8", "replace")) for message in asked["messages"])
        return (size / BYTES_A_TOKEN + TOKENS_BESIDE) * read + max_tokens * written

    def _answer(self, asked: dict[str, Any], response: Any) -> dict[str, Any]:
        choice = response.choices[0]
        found = {**self._usage(asked, response), "asked": True}
        text = choice.message.content
        if choice.finish_reason == "length":
            limit = self._settings(asked)["max_tokens"]
            return {**found, "error": f"its answer was cut off at {limit} tokens", "permanent": True}
        if not isinstance(text, str) or not text.strip():
            return {**found, "error": f"it answered nothing ({choice.finish_reason})", "permanent": False}
        if len(text.encode("utf-8", "replace")) > LONGEST:
            return {**found, "error": "it answered more than 1 MB, which is not read", "permanent": False}
        return {**found, "text": text}

    def _usage(self, asked: dict[str, Any], response: Any) -> dict[str, Any]:
        usage = getattr(response, "usage", None)
        try:
            cost: float | None = float(self._litellm.completion_cost(response, model=asked["model"]))
        except Exception:  # noqa: BLE001 - it raises a bare Exception for a model without a price
            cost = 0.0 if asked["own"] else None
        return {
            "tokens_in": int(getattr(usage, "prompt_tokens", 0) or 0),
            "tokens_out": int(getattr(usage, "completion_tokens", 0) or 0),
            "cost_usd": cost,
        }


def _refusal(asked: dict[str, Any], may_cost: float | None) -> str | None:
    """Why it must not be asked: it might cost more than it may."""
    allowed = asked["allowed_usd"]
    if allowed is None:
        return None
    if may_cost is None:
        return f"it has no known price, and {asked['rule']} allows {allowed:.4f} USD"
    if may_cost > allowed:
        return f"it may cost {may_cost:.4f} USD, and {asked['rule']} allows {allowed:.4f} USD"
    return None


def _failure(error: BaseException) -> dict[str, Any]:
    """What an exception means: whether another try may help, and when, and whether it can have cost anything."""
    names = {type(one).__name__ for one in _chain(error)}
    if "MemoryError" in names:
        return {"error": "its answer needs more memory than there is", "permanent": False, "asked": True, "over": True}
    status = getattr(error, "status_code", None)
    permanent = isinstance(status, int) and 400 <= status < 500 and status not in WORTH_ANOTHER_TRY
    return {
        "error": _told(error, names),
        "permanent": permanent and not _went_wrong_underneath(error),
        "retry_after_s": _retry_after_s(error),
        "asked": True,
        "unreached": bool(names & UNREACHED),
        "cost_usd": 0.0 if names & (REFUSED | UNREACHED) else None,
    }


def _told(error: BaseException, names: set[str]) -> str:
    """It in words. The status is given where a server gave it; litellm makes up one where none did."""
    if names & UNREACHED:
        inner = _chain(error)[-1]
        return f"cannot be reached: {(isinstance(inner, OSError) and inner.strerror) or _said(inner)}"
    if names & REFUSED:
        return f"{getattr(error, 'status_code', '')}: {_said(error)}"
    if "TimeoutError" in names or "Timeout" in names:
        return "no answer in time"
    if names & BROKEN:
        return "the connection broke off"
    if names & UNREADABLE:
        return f"its answer cannot be read: {_said(error)}"
    return _said(error)


def _wants_key(error: BaseException) -> bool:
    """Whether it failed for want of a key; the clients of some providers say so before they ask anybody."""
    words = str(error).lower()
    return getattr(error, "status_code", None) == 401 or any(
        word in words for word in ("api_key", "api key", "credentials")
    )


def _went_wrong_underneath(error: BaseException) -> bool:
    """Whether the cause was the connection, whatever litellm calls it."""
    return any(isinstance(one, OSError) for one in _chain(error))


def _chain(error: BaseException) -> list[BaseException]:
    seen: list[BaseException] = []
    one: BaseException | None = error
    while one is not None and one not in seen:
        seen.append(one)
        one = one.__cause__ or one.__context__
    return seen


def _retry_after_s(error: BaseException) -> float | None:
    """RFC 9110 §10.2.3, where a server said it: seconds, or a date held against the server's own clock."""
    response = getattr(error, "response", None)
    for headers in (getattr(error, "litellm_response_headers", None), getattr(response, "headers", None)):
        value = str((headers or {}).get("retry-after") or "").strip()
        if value.isascii() and value.isdigit():
            return float(min(int(value[:9]), 10**8))
        if value:
            return _until(value, str((headers or {}).get("date") or ""))
    return None


def _until(date: str, now: str) -> float | None:
    from email.utils import parsedate_to_datetime

    try:
        return max(0.0, (parsedate_to_datetime(date) - parsedate_to_datetime(now)).total_seconds())
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _said(error: BaseException) -> str:
    """Its words on one line, less the names of classes that litellm puts before them."""
    words = " ".join(str(error).split()) or type(error).__name__
    before, between, after = words.partition(" - ")
    if between and len(before) < 120 and ("Exception" in before or before.startswith("litellm.")):
        words = after
    while words.startswith("litellm.") and ": " in words:
        words = words.partition(": ")[2]
    words = words or type(error).__name__
    return "".join(letter for letter in words if letter.isprintable())[:ERROR]


def _make_quiet(litellm: Any) -> None:
    import logging

    logging.disable(logging.CRITICAL)
    litellm.suppress_debug_info = True
    litellm.disable_hf_tokenizer_download = True
    litellm.num_retries = 0


def _limit_memory(most: int) -> None:
    import resource

    try:
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    except (ValueError, OSError):
        return  # macOS has no such limit; the time limit holds there too


def _read(waiting: "queue.SimpleQueue[dict[str, Any]]") -> None:
    for line in sys.stdin.buffer:
        waiting.put(json.loads(line))
    os._exit(0)


def _say(answers: Any, line: dict[str, Any]) -> None:
    answers.write(json.dumps(line, ensure_ascii=False) + "\n")
    answers.flush()


if __name__ == "__main__":
    main()
