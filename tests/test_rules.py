"""Every example of every rule: used where it must be, not used where it must not be."""

from __future__ import annotations

import pytest

from crosscheck.examples import failures
from crosscheck.language import English
from crosscheck.rulebook import Rule, check, load

RULES = load()
LANGUAGE = English()


def test_nothing_is_wrong_with_the_rules_themselves() -> None:
    assert check() == ()


@pytest.mark.parametrize("rule", RULES.rules, ids=lambda rule: rule.id)
def test_a_rule_does_what_its_examples_say(rule: Rule) -> None:
    failed = failures(rule, RULES, LANGUAGE)
    assert not failed, "\n".join(map(str, failed))
