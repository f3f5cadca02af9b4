"""Small policy files to test the reader with."""

from takhai.policy.loader import load_sources, load_topic
from takhai.policy.types import Topic

SOURCES = '[a]\nth = "ก"\nen = "A"\nkind = "rule"\n\n[b]\nth = "ข"\nen = "B"\nkind = "own"\n'

HEAD = """
label = { th = "อัตรา", en = "Rate" }
unit = "satang"
keys = ["level", "component"]
optional_keys = ["affiliation"]
status = "official"
"""
VALUE = """
[[value]]
from = 2020-05-16
known_on = 2020-05-01
level = "primary"
component = "living"
amount = 100
source = "a"
"""
ROUND = """
[[round]]
term = "2563-2"
known_on = 2020-10-01
source = "b"

[[round.value]]
level = "primary"
component = "basic"
amount = 7
"""
WINDOWS = """
label = { th = "ปฏิทิน", en = "Calendar" }
unit = "window"
keys = ["step"]
status = "official"

[[round]]
term = "2563-2"
known_on = 2020-10-01
source = "a"

[[round.value]]
step = "intake"
opens = 2020-11-13
until = 2020-12-10

[[round]]
term = "2564-1"
moved_from = "2563-2"
known_on = 2021-05-16
status = "illustrative"
source = "b"
"""


def topic(text: str, name: str = "equity_grant.rate") -> Topic:
    return load_topic(name, text, load_sources(SOURCES))
