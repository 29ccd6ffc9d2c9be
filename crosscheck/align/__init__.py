"""Sorts articles into events and claims into topics."""

from crosscheck.align.events import events
from crosscheck.align.topics import MOST, Alignment, Topic, align, nearest, without_room

__all__ = ["MOST", "Alignment", "Topic", "align", "events", "nearest", "without_room"]
