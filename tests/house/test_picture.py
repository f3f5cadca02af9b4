"""The picture of the steps in the documents is drawn from ``STEPS``: run with ``--write-docs`` to draw it anew."""

import re
from itertools import pairwise

import pytest

from takhai.platform.steps import Per
from takhai.semester.steps import STEPS
from tests.house.plan import ROOT

PAGE = ROOT / "docs" / "architecture.md"
FRAME = re.compile(r"(<!-- steps: [^\n]*-->\n```mermaid\n)(.*?)(```\n<!-- /steps -->)", re.S)


def picture() -> str:
    lines = ["flowchart TD"]
    for step in STEPS:
        whose = "each group" if step.per is Per.GROUP else "the round"
        waits = f"<br/>waits for {step.waits_for}" if step.waits_for else ""
        lines.append(f'  {step.name}["<b>{step.name}</b> · {whose}{waits}"]')
        for kind, names in (("dropped", step.drops), ("held", step.holds)):
            if names:
                lines.append(f'  {step.name} -.-> {step.name}_{kind}(["{kind}: {", ".join(names)}"])')
    lines += [f"  {one.name} --> {two.name}" for one, two in pairwise(STEPS)]
    return "\n".join(lines) + "\n"


def test_the_picture_in_the_documents_is_that_of_the_steps(request: pytest.FixtureRequest) -> None:
    text = PAGE.read_text("utf-8")
    drawn = FRAME.sub(lambda frame: frame[1] + picture() + frame[3], text)
    if request.config.getoption("--write-docs"):
        PAGE.write_text(drawn, "utf-8")
    assert FRAME.search(text)
    assert PAGE.read_text("utf-8") == drawn
