"""Where a model stands: on the person's own machine or network, or with somebody who wants to be paid."""

from assistant.ports.model import Model

# Without a base_url, litellm looks for these on this machine.
LOCAL = frozenset({"ollama", "ollama_chat", "lm_studio", "llamafile", "docker_model_runner"})


def is_own(model: Model) -> bool:
    """Whether it is asked without leaving the person's own network; then it is free where no price is known.

    >>> is_own(Model("openai/x", "http://127.0.0.1:8080/v1")), is_own(Model("ollama/llama3")), is_own(Model("openai/x"))
    (True, True, False)
    """
    if model.base_url is None:
        return model.name.partition("/")[0] in LOCAL
    from ipaddress import ip_address
    from urllib.parse import urlsplit

    try:
        host = urlsplit(model.base_url).hostname or ""
    except ValueError:
        return False
    if host == "localhost" or host.endswith((".localhost", ".local", ".internal")):
        return True
    try:
        return ip_address(host).is_private
    except ValueError:
        return False
