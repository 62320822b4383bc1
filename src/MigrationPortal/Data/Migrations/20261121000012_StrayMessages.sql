ALTER TABLE portal.scans ADD COLUMN stray_message_count bigint;
