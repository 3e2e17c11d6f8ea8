#!/usr/bin/python3
"""Tells what a screen reader would find in the windows on this display.

Every line on standard input is a question; the answer is one line of JSON: a list of applications, each a tree of
{"role", "name", "states", "rect", "children"}. Only what is showing is in it, and nothing from inside web pages.
"""

import json
import sys

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402  (the version has to be chosen first)

STATES = ("checked", "enabled", "expandable", "expanded", "focused", "has_popup", "selected", "showing")
PAGE_ROLES = ("document web", "document frame")


def node(accessible):
    """The tree under one accessible object, or None if it is gone or out of sight."""
    try:
        role = accessible.get_role_name()
        state_set = accessible.get_state_set()
        states = [name for name in STATES if state_set.contains(getattr(Atspi.StateType, name.upper()))]
        if role != "application" and "showing" not in states:
            return None
        described = {"role": role, "name": accessible.get_name() or "", "states": states, "rect": rectangle(accessible)}
        described["children"] = [] if role in PAGE_ROLES else children(accessible)
        return described
    except GLib.Error:
        return None


def rectangle(accessible):
    component = accessible.get_component_iface()
    if component is None:
        return None
    extents = component.get_extents(Atspi.CoordType.SCREEN)
    return {"x": extents.x, "y": extents.y, "width": extents.width, "height": extents.height}


def children(accessible):
    found = []
    for index in range(accessible.get_child_count()):
        child = accessible.get_child_at_index(index)
        described = node(child) if child is not None else None
        if described is not None:
            found.append(described)
    return found


def forget_what_was_seen(desktop):
    """The library remembers names and states until it is told of changes, for which it needs its events handled."""
    context = GLib.MainContext.default()
    while context.iteration(False):
        pass
    desktop.clear_cache()


def main():
    Atspi.init()
    desktop = Atspi.get_desktop(0)
    print(json.dumps("ready"), flush=True)
    for _question in sys.stdin:
        forget_what_was_seen(desktop)
        print(json.dumps(children(desktop)), flush=True)


main()
