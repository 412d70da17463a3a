"""Makes and reads every vector of the protocol a second time, by docs/protocol.md alone.

    python3 check.py [protocol.json]

Nothing of the other implementation is used, and nothing but Python's standard library: CBOR, frames, keys and the
pump's checks are written anew from the page; messages, fields, limits and codes are read off its tables.
"""

import hashlib
import hmac
import json
import re
import sys
import zlib
from pathlib import Path

HERE = Path(__file__).resolve().parent
PAGE = (HERE.parent.parent / "docs" / "protocol.md").read_text(encoding="utf-8")


class Fault(Exception):
    """A frame or payload that is none; what is wrong is its first argument."""


# The page.


def section(title):
    """What stands under a heading, up to the next one of its level."""
    match = re.search(rf"^(#+) {re.escape(title)}\n(.*?)(?=^#{{1,3}} |\Z)", PAGE, re.M | re.S)
    return match.group(2)


def marked(name):
    return PAGE.split(f"<!-- {name}:begin -->")[1].split(f"<!-- {name}:end -->")[0]


def rows(text):
    lines = [line for line in text.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines[2:]]


def names(title):
    return [cells[0].strip("`") for cells in rows(section(title))]


LISTS = {
    "refusal": names("Refusals"),
    "alarm": names("Alarms"),
    "stop reason": names("Stop reasons"),
    "log kind": names("Log records"),
    "command": re.findall(r"`(\w+)`", section("Commands"))[1:],
}
KINDS = {cells[0].strip("`"): cells[2:] for cells in rows(marked("kinds"))}
DIGITS = {"nonce": r"[0-9a-f]{32}", "digest": r"[0-9a-f]{32}", "hex": r"([0-9a-f]{2})*"}
SHAPES = ["status", "prescription", "program", "history entry", "log record", "refusal", "library stamp", "discrepancy"]


def table_after(title, text):
    """The fields of a request or a reply: a table, an empty map, or a shape that is told elsewhere."""
    rest = re.search(rf"^{title}[^\n:]*:(.*?)(?=^Re(?:quest|ply),|\Z)", text, re.M | re.S).group(1)
    elsewhere = re.match(r" a \[([^\]]+)\]", rest)
    return elsewhere.group(1) if elsewhere else [(cells[0].strip("`"), cells[1]) for cells in rows(rest)]


def messages():
    found = {}
    for cells in rows(marked("overview")):
        name = re.match(r"\[(\w+)\]", cells[2]).group(1)
        text = section(name)
        found[name] = {
            "request": (int(cells[0], 16), table_after("Request", text)),
            "reply": (int(cells[1], 16), table_after("Reply", text)),
        }
    return found


MESSAGES = messages()
TABLES = {shape: [(c[0].strip("`"), c[1]) for c in rows(section(f"A {shape}"))] for shape in SHAPES}
REFUSAL = 0xFF


# Payloads, held against the tables.


def need(truth, what):
    if not truth:
        raise Fault("payload", what)


def check_map(value, table, path=""):
    """A map has the fields of its table and no other."""
    need(isinstance(value, dict), f"{path}: no map")
    own = {name: kind for name, kind in table if not re.search(r"[.\[]", name)}
    need(set(own) == set(value), f"{path}: fields {sorted(value)}")
    for name, kind in own.items():
        check(value[name], kind, children(table, name), f"{path}.{name}")


def children(table, name):
    return [(row[len(name) :], kind) for row, kind in table if re.match(rf"{re.escape(name)}(\.|\[)", row)]


def check(value, kind, below, path):
    link = re.fullmatch(r"\[([^\]]+)\]\(#([^)]+)\)", kind)
    if kind.endswith(" or null"):
        if value is not None:
            check(value, kind.removesuffix(" or null"), below, path)
    elif link and link.group(2).startswith("a-"):
        check_shape(value, link.group(1), path)
    elif link and link.group(1) in LISTS:
        need(value in LISTS[link.group(1)], f"{path}: {value}")
    elif link:
        check_kind(value, link.group(1), path)
    elif kind.startswith("list of "):
        check_list(value, kind.removeprefix("list of "), below, path)
    elif kind == "map of any names":
        need(isinstance(value, dict), f"{path}: no map")
    elif kind == "map":
        check_map(value, [(name.removeprefix("."), each) for name, each in below], path)
    elif kind == "text":
        need(isinstance(value, str), f"{path}: no text")
    elif kind == "boolean":
        need(isinstance(value, bool), f"{path}: no boolean")
    elif re.fullmatch(r"\d+ to \d+", kind):
        low, high = (int(each) for each in kind.split(" to "))
        need(is_number(value) and low <= value <= high, f"{path}: {value}")
    else:
        need(value in re.findall(r"`([^`]+)`", kind), f"{path}: {value}")


def check_list(value, kind, below, path):
    need(isinstance(value, list), f"{path}: no list")
    most = re.match(r"at most (\d+) ", kind)
    if most:
        need(len(value) <= int(most.group(1)), f"{path}: too many")
        kind = kind[most.end() :]
    for each in value:
        check(each, kind, [(name.removeprefix("[]"), of) for name, of in below], f"{path}[]")


def check_kind(value, kind, path):
    if kind in DIGITS:
        need(isinstance(value, str) and re.fullmatch(DIGITS[kind], value, re.A), f"{path}: {value}")
        return
    low, high = (int(limit.replace(" ", "")) for limit in KINDS[kind])
    need(is_number(value) and low <= value <= high, f"{path}: {value}")


def check_shape(value, shape, path=""):
    if shape != "program":
        check_map(value, TABLES[shape], path)
        return
    # One map of several, told apart by its type.
    need(isinstance(value, dict), f"{path}: no map")
    choices, table = {}, []
    for name, kind in TABLES[shape]:
        if name == "type":
            table = choices.setdefault(kind.strip("`"), [])
        table.append((name, kind))
    tag = value.get("type")
    need(isinstance(tag, str) and tag in choices, f"{path}: {tag}")
    check_map(value, choices[tag], path)


def is_number(value):
    return isinstance(value, int) and not isinstance(value, bool)


def check_payload(value, table):
    if isinstance(table, str):
        check_shape(value, table)
    else:
        check_map(value, table)


# Deterministic CBOR.

MOST_NUMBER = 2**53 - 1
DEEPEST = 64


def head(major, number):
    for info, size in ((24, 1), (25, 2), (26, 4), (27, 8)):
        if number < 24:
            return bytes([major << 5 | number])
        if number < 256**size:
            return bytes([major << 5 | info]) + number.to_bytes(size, "big")
    raise ValueError(number)


def encode(value):
    if value is None or isinstance(value, bool):
        return {False: b"\xf4", True: b"\xf5", None: b"\xf6"}[value]
    if isinstance(value, int):
        return head(0, value) if value >= 0 else head(1, -1 - value)
    if isinstance(value, str):
        text = value.encode("utf-8")
        return head(3, len(text)) + text
    if isinstance(value, list):
        return head(4, len(value)) + b"".join(encode(each) for each in value)
    fields = sorted((encode(name), encode(each)) for name, each in value.items())
    return head(5, len(fields)) + b"".join(name + each for name, each in fields)


def decode(data):
    value, end = item(data, 0, 0)
    need(end == len(data), "bytes after the value")
    return value


def item(data, at, depth):
    need(at < len(data) and depth < DEEPEST, "cut short, or too deep")
    major, info = data[at] >> 5, data[at] & 31
    if major == 7:
        simple = {20: False, 21: True, 22: None}
        need(info in simple, "no simple value of ours")
        return simple[info], at + 1
    need(info < 28 and major in (0, 3, 4, 5), "no item of ours")
    size = 0 if info < 24 else 2 ** (info - 24)
    number = info if size == 0 else int.from_bytes(data[at + 1 : at + 1 + size], "big")
    need(data[at : at + 1 + size] == head(major, number), "a head cut short or longer than it need be")
    at += 1 + size
    if major == 0:
        need(number <= MOST_NUMBER, "a number too large")
        return number, at
    if major == 3:
        need(at + number <= len(data), "a text cut short")
        try:
            return data[at : at + number].decode("utf-8"), at + number
        except UnicodeDecodeError:
            raise Fault("payload", "no UTF-8") from None
    if major == 4:
        values = []
        for _ in range(number):
            value, at = item(data, at, depth + 1)
            values.append(value)
        return values, at
    return fields(data, at, number, depth)


def fields(data, at, number, depth):
    found, last = {}, b""
    for _ in range(number):
        name, end = item(data, at, depth + 1)
        need(isinstance(name, str) and data[at:end] > last, "names that are no texts, or out of order")
        last = data[at:end]
        found[name], at = item(data, end, depth + 1)
    return found, at


# Frames and keys.

HEAD, TAG, CRC, MOST_PAYLOAD = 14, 8, 4, 8192
NO_TAG = bytes(TAG)


def mac(key, data):
    return hmac.new(key, data, hashlib.sha256).digest()


def role_key(pairing, role):
    return None if role in (None, "emergency") else mac(pairing, f"role {role}".encode())


def session_key(own, station, pump, session):
    return None if own is None else mac(own, f"session {station} {pump} {session}".encode())


def tag(key, data):
    return NO_TAG if key is None else mac(key, data)[:TAG]


def digest(value):
    return hashlib.sha256(encode(value)).hexdigest()[:32]


def frame(session, sequence, kind, payload, key):
    data = b"\x7e\xc1\x01" + len(payload).to_bytes(2, "big")
    data += session.to_bytes(4, "big") + sequence.to_bytes(4, "big") + bytes([kind]) + payload
    data += tag(key, data)
    return data + zlib.crc32(data).to_bytes(CRC, "big")


def read(data):
    """Session, sequence, type, payload and tag of a frame."""
    if data[:2] != b"\x7e\xc1":
        raise Fault("start")
    if data[2:3] != b"\x01":
        raise Fault("version")
    length = int.from_bytes(data[3:5], "big")
    if len(data) < HEAD or length > MOST_PAYLOAD or len(data) != HEAD + length + TAG + CRC:
        raise Fault("length")
    if zlib.crc32(data[:-CRC]) != int.from_bytes(data[-CRC:], "big"):
        raise Fault("crc")
    session, sequence = (int.from_bytes(data[at : at + 4], "big") for at in (5, 9))
    return session, sequence, data[13], data[HEAD : HEAD + length], data[HEAD + length : -CRC]


def read_request(kind, payload):
    for name, each in MESSAGES.items():
        opcode, table = each["request"]
        if opcode == kind:
            value = decode(payload)
            check_payload(value, table)
            return name, value
    raise Fault("type")


# The pump's checks.


def pump(data, known):
    """The code a frame is counted under, and the answer it gets, if it is not carried out."""

    def refusal(code, key=None):
        payload = encode({"code": code, "also": [], "until": None, "shortest": None})
        return frame(session, sequence, REFUSAL, payload, key)

    try:
        session, sequence, kind, payload, tagged = read(data)
        if session == 0:
            if tagged != NO_TAG:
                return "tag", None
            name, _ = read_request(kind, payload)
            return (None, None) if name == "openSession" else (None, refusal("noSession"))
        who = next((each for each in known if each["session"] == session), None)
        if who is not None and who["state"] == "closed" and who["sequence"] != sequence:
            who = None
        if who is None:
            return "session", refusal("noSession")
        key = None if who["key"] is None else bytes.fromhex(who["key"])
        if tagged != tag(key, data[: -TAG - CRC]):
            is_proof = who["state"] == "challenged" and kind == MESSAGES["authenticate"]["request"][0]
            return "tag", refusal("notPaired") if is_proof else None
        if who["state"] == "challenged":
            name, _ = read_request(kind, payload)
            return (None, None) if name == "authenticate" else (None, refusal("noSession"))
    except Fault as fault:
        return fault.args[0], None
    if sequence < who["sequence"]:
        return "sequence", None
    try:
        name, _ = read_request(kind, payload)
        if name in ("openSession", "authenticate"):
            raise Fault("type")
    except Fault as fault:
        return fault.args[0], refusal("malformed", key)
    return None, None


# Vectors.

FAILED = []


def same(what, expected, got):
    if expected != got:
        FAILED.append(f"{what}\n  expected {expected}\n  got      {got}")


def check_keys(vectors):
    for each in vectors["crc"]:
        same("crc", each["crc"], f"{zlib.crc32(bytes.fromhex(each['bytes'])):08x}")
    for each in vectors["hmac"]:
        same("hmac", each["hmac"], mac(bytes.fromhex(each["key"]), bytes.fromhex(each["bytes"])).hex())
    for each in vectors["keys"]:
        own = role_key(bytes.fromhex(each["pairing"]), each["role"])
        key = session_key(own, each["station"], each["pump"], each["session"])
        same(each["what"], (each["roleKey"], each["sessionKey"]), (own and own.hex(), key and key.hex()))
    pumps = hashlib.sha256(b"simulated pumps").digest()
    for each in vectors["simulated"]:
        same("a simulated pump's key", each["pairing"], mac(pumps, each["serial"].encode()).hex())
    for each in vectors["digests"]:
        same(f"digest of {each['what']}", each["digest"], digest(each["value"]))


def check_frame(each, given):
    own = role_key(bytes.fromhex(given["pairing"]), each["role"])
    key = session_key(own, given["station"], given["pump"], given["session"])
    kind, table = (REFUSAL, "refusal") if each["kind"] == "refusal" else MESSAGES[each["message"]][each["kind"]]
    made = frame(each["session"], each["sequence"], kind, encode(each["payload"]), key)
    same(each["what"], each["frame"], made.hex())
    data = bytes.fromhex(each["frame"])
    try:
        session, sequence, found, payload, tagged = read(data)
        value = decode(payload)
        check_payload(value, table)
    except Fault as fault:
        same(each["what"], "a frame that can be read", fault.args)
        return
    wanted = (each["session"], each["sequence"], each["type"], each["payload"], tag(key, data[: -TAG - CRC]))
    same(each["what"], wanted, (session, sequence, found, value, tagged))


def main():
    path = sys.argv[1] if len(sys.argv) > 1 else HERE / "protocol.json"
    vectors = json.loads(Path(path).read_text(encoding="utf-8"))
    check_keys(vectors)
    for each in vectors["frames"]:
        check_frame(each, vectors["pump"])
    for each in vectors["bad"]:
        code, answer = pump(bytes.fromhex(each["frame"]), vectors["known"])
        same(each["what"], (each["code"], each["answer"]), (code, answer and answer.hex()))
    for text in FAILED:
        print(text)
    count = len(vectors["frames"]) + len(vectors["bad"])
    print(f"{count} frames, {len(FAILED)} differences" if FAILED else f"{count} frames alike")
    return 1 if FAILED else 0


sys.exit(main())
