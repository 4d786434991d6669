ALTER TABLE encounter_row ADD COLUMN outcome TEXT NOT NULL DEFAULT 'met';
