-- What the roll of a session offers: who is on it, who signed up, who is invited, and who came to the last twelve sessions
-- of the activity within half a year; and the activity itself. By way of it whoever is entrusted with the session sees their
-- names and marks them.
CREATE VIEW on_roll (site, session, activity, record) AS
  SELECT a.site, a.session, a.activity, a.activity FROM session_row a
  UNION ALL
  SELECT p.site, p.session, p.activity, p.person FROM participation_person p
  UNION ALL
  SELECT m.site, m.session, m.activity, m.household FROM participation_row m WHERE m.household IS NOT NULL
  UNION ALL
  SELECT u.site, u.session, u.activity, u.person FROM signup_row u WHERE u.person IS NOT NULL
  UNION ALL
  SELECT d.site, d.session, s.activity, d.household FROM dish_row d
    JOIN session_row s ON s.site = d.site AND s.session = d.session
  UNION ALL
  SELECT s.site, s.session, s.activity, p.person FROM session_row s
    JOIN participation_person p ON p.site = s.site AND p.session IN (
      SELECT h.session FROM session_row h WHERE h.site = s.site AND h.activity = s.activity AND h.session <> s.session
        AND h.day <= s.day AND h.day >= date(s.day, '-183 days')
      ORDER BY h.day DESC, h.session DESC LIMIT 12);
