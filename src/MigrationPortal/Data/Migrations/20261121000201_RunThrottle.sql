ALTER TABLE portal.runs ADD COLUMN messages_per_second integer;
