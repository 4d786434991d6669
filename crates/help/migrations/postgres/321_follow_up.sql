ALTER TABLE request_row ADD COLUMN follow_up TEXT COLLATE "C";
CREATE INDEX request_row_follow_up ON request_row (site, follow_up, no);
CREATE INDEX request_row_status ON request_row (site, status, no);
