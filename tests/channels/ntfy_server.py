"""A server on loopback that speaks the part of ntfy's protocol which `ask` and the app on a phone use.

Publish as JSON, or as a body to a topic; poll with `since`; buttons in the short format, which a phone reads and posts.
"""

import base64
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit
from urllib.request import Request, urlopen


class NtfyServer:
    """Keeps what is published, topic by topic. With a `login` nobody else reads; `down` answers 503 to everybody."""

    def __init__(self, login: str | None = None) -> None:
        self.topics: dict[str, list[dict[str, Any]]] = {}
        self.polls: list[str] = []
        self.login = login
        self.down = False
        self.says_all = False  # as a server that is none of ntfy's
        there = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
                topic = urlsplit(self.path).path.strip("/")
                message: dict[str, Any] = {"message": body}
                if not topic:
                    message = json.loads(body)
                    topic = message["topic"]
                self.answer(503 if there.down else 200, there.publish(topic, message["message"], self.headers))

            def do_GET(self) -> None:
                there.polls.append(self.path)
                parts = urlsplit(self.path)
                topic, _, kind = parts.path.strip("/").partition("/")
                asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
                assert (kind, asked["poll"]) == ("json", "1")
                given = self.headers.get("Authorization", "")
                wanted = base64.b64encode((there.login or "").encode()).decode()
                if there.down or (there.login is not None and given != f"Basic {wanted}"):
                    self.answer(503 if there.down else 403, {"error": "no"})
                elif there.says_all:
                    self.answer(200, "<html>")
                else:
                    self.answer(200, *there.since(topic, asked["since"]))

            def answer(self, status: int, *lines: Any) -> None:
                texts = (line if isinstance(line, str) else json.dumps(line) for line in lines)
                body = "".join(f"{text}\n" for text in texts).encode()
                self.send_response(status)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_args: object) -> None:
                """Be quiet."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        self.thread.start()
        self.place = f"127.0.0.1:{self.server.server_port}"

    def publish(self, topic: str, text: str, headers: Any = None) -> dict[str, Any]:
        """Keep a message, as ntfy does: with an id of its own."""
        if self.down:
            return {"error": "down"}
        there = self.topics.setdefault(topic, [])
        made = {"id": f"{topic[:4]}{len(there):08d}", "event": "message", "topic": topic, "message": text}
        if headers is not None and headers.get("X-Actions"):
            made["actions"] = [_action(one) for one in headers["X-Actions"].split("; ")]
        there.append(made)
        return made

    def since(self, topic: str, since: str) -> list[dict[str, Any]]:
        """What came after a message; all that there is where that one is unknown."""
        there = self.topics.get(topic, [])
        known = [message["id"] for message in there]
        return there[known.index(since) + 1 :] if since in known else there

    def buttons(self, topic: str) -> dict[str, dict[str, Any]]:
        """The buttons of the last message, by what stands on them."""
        return {one["label"]: one for one in self.topics[topic][-1].get("actions", [])}

    def press(self, topic: str, label: str) -> None:
        """What a phone does when a person presses a button: exactly what the action says."""
        action = self.buttons(topic)[label]
        assert action["action"] == "http"
        with urlopen(Request(action["url"], action["body"].encode(), method=action.get("method", "POST"))) as answer:  # noqa: S310
            assert answer.status == 200

    def close(self) -> None:
        """Stop."""
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()


def _action(text: str) -> dict[str, str]:
    """ntfy's short format of an action: kind, label and URL, then options by name."""
    kind, label, url, *options = text.split(", ")
    return {"action": kind, "label": label, "url": url, **dict(option.split("=", 1) for option in options)}
