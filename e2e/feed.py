"""Reads a calendar feed from standard input with two libraries that are not ours and prints what each of them finds."""

import datetime
import json
import sys

import icalendar
import vobject

text = sys.stdin.buffer.read()


def moment(value):
    if isinstance(value, datetime.datetime):
        return value.astimezone(datetime.timezone.utc).isoformat()
    return value.isoformat()


def by_icalendar():
    calendar = icalendar.Calendar.from_ical(text)
    events = calendar.walk("VEVENT")
    wrong = [error for part in [calendar, *events] for error in part.errors]
    assert not wrong, wrong
    return [
        {
            "uid": str(event["UID"]),
            "start": moment(event["DTSTART"].dt),
            "summary": str(event["SUMMARY"]),
            "location": str(event.get("LOCATION", "")),
            "status": str(event.get("STATUS", "")),
        }
        for event in events
    ]


def by_vobject():
    calendar = vobject.readOne(text.decode())
    calendar.validate(raiseException=True)
    found = []
    for event in calendar.contents.get("vevent", []):
        told = {name: event.contents[name][0].value if name in event.contents else "" for name in ("location", "status")}
        found.append({"uid": event.uid.value, "start": moment(event.dtstart.value), "summary": event.summary.value, **told})
    return found


print(json.dumps({"icalendar": by_icalendar(), "vobject": by_vobject()}, ensure_ascii=False))
