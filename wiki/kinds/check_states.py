"""Checks of states: every state is reached from the first one, every way leads somewhere and somebody may go it."""

from wiki.kinds.definition import OVER, TONES, WHO, Kind, State, Transition
from wiki.kinds.problems import Problems

#: `who` that stands for the person in a field of the page.
BY_FIELD = {"manager": "manager", "successor": "successor", "subject": "person"}


def check_states(kind: Kind, problems: Problems) -> None:
    known = {state.key for state in kind.states}
    reached = _reached(kind)
    for state in kind.states:
        if state.tone not in TONES:
            problems.add(state.place, "tone", f"There is no tone “{state.tone}”", f"use one of {', '.join(TONES)}")
        if state.over and state.over not in OVER:
            problems.add(state.place, "over", f"Nothing ends as “{state.over}”", f"use one of {', '.join(OVER)}")
        if state.key not in reached:
            message = f"No way leads from “{kind.initial.key}” to the state “{state.key}”"
            problems.add(state.place, "key", message, "add it to the next of another state, or remove it")
        for transition in state.next:
            _check_transition(kind, state, transition, known, problems)


def _check_transition(kind: Kind, state: State, way: Transition, known: set[str], problems: Problems) -> None:
    place = way.place
    if way.to not in known:
        problems.add(place, "to", f"There is no state “{way.to}”", f"use one of {', '.join(sorted(known))}")
    if way.to == state.key:
        problems.add(place, "to", f"“{state.key}” leads to itself", "name another state")
    if not way.who:
        problems.add(place, "who", f"Nobody may go from “{state.key}” to “{way.to}”", f"name one of {', '.join(WHO)}")
    for who in way.who:
        if who not in WHO:
            problems.add(place, "who", f"There is no “{who}” who could do this", f"use one of {', '.join(WHO)}")
        elif who in BY_FIELD and not _is_person(kind, BY_FIELD[who]):
            message = f"“{who}” is the person in the field “{BY_FIELD[who]}”, which this kind lacks"
            problems.add(place, "who", message, "add the field with the type person, or name somebody else")
    if way.guard not in ("", "endorsed", "steps"):
        problems.add(
            place, "guard", f"There is no guard “{way.guard}”", 'write guard = "endorsed" or "steps", or remove it'
        )
    elif way.guard == "steps" and not _has_steps(kind):
        mend = "add a table `steps` with the columns `stage`, `status` and `note`"
        problems.add(place, "guard", "This kind has no steps", mend)
    elif way.guard == "endorsed" and not kind.joint:
        problems.add(place, "guard", "Only joint kinds have endorsements", "remove it, or write joint = true")


def _has_steps(kind: Kind) -> bool:
    steps = kind.field("steps")
    return steps is not None and {"stage", "status", "note"} <= {column.key for column in steps.columns}


def _is_person(kind: Kind, key: str) -> bool:
    field = kind.field(key)
    return field is not None and field.type in ("person", "people")


def _reached(kind: Kind) -> set[str]:
    reached: set[str] = set()
    waiting = [kind.initial.key]
    while waiting:
        key = waiting.pop()
        if key not in reached:
            reached.add(key)
            waiting += [way.to for way in kind.state(key).next]
    return reached
