-- Who came to an activity is asked by its sessions.
DROP INDEX participation_person_activity;
