"""Handing over: what somebody holds is listed, explained, taken on by others, item by item; and nothing is left behind."""

from wiki.handover.following import set_up

set_up()
