"""What every answer of the house carries: the headers that keep a browser from being turned against its user."""

from __future__ import annotations

import re

HOST = re.compile(r"[A-Za-z0-9.\-]+(:[0-9]{1,5})?|\[[0-9A-Fa-f:]+\](:[0-9]{1,5})?")

# The plain pages at the door: our own stylesheet, script and picture, and nothing else.
PLAIN_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
EVERYWHERE = (
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    # not no-referrer: with that a browser sends `Origin: null`, and our own forms could not be told from others'
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), microphone=(), geolocation=(), payment=(), usb=()"),
    (b"x-robots-tag", b"noindex, nofollow"),
)
YEAR = 31_536_000
OURS = {name for name, _ in EVERYWHERE} | {
    b"content-security-policy",
    b"cache-control",
    b"strict-transport-security",
    b"server",
}

Headers = list[tuple[bytes, bytes]]


def page_policy(script_hashes: tuple[str, ...], host: str) -> str:
    """The content policy of Streamlit's pages: this host only, no eval, no inline script but its own line.

    `blob:` and inline styles are what Streamlit's components and its style engine cannot do without.
    """
    # 'self' covers the websocket in today's browsers; older Safari wants it spelled out
    sockets = f" ws://{host} wss://{host}" if HOST.fullmatch(host) else ""
    hashes = "".join(f" '{it}'" for it in script_hashes)
    return (
        f"default-src 'self'; script-src 'self' blob: 'wasm-unsafe-eval'{hashes}; "
        "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
        f"connect-src 'self'{sockets}; worker-src 'self' blob:; frame-src 'self'; frame-ancestors 'none'; "
        "base-uri 'self'; form-action 'self'; object-src 'none'"
    )


def guarded_headers(headers: Headers, path: str, policy: str, *, is_tls: bool) -> Headers:
    """An answer's headers with ours instead of what was there.

    Nothing with a child in it may stay in a browser's cache. Only Streamlit's own bundle, whose file names change
    with its content, is kept, and only by the browser itself.
    """
    is_bundle = path.startswith("/static/")
    cache = f"private, max-age={YEAR}, immutable".encode() if is_bundle else b"no-store"
    kept = [(name, value) for name, value in headers if name.lower() not in OURS]
    kept += [*EVERYWHERE, (b"content-security-policy", policy.encode()), (b"cache-control", cache)]
    if is_tls:
        kept.append((b"strict-transport-security", f"max-age={YEAR}".encode()))
    return kept
