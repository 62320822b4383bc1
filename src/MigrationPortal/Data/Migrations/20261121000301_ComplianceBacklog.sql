ALTER TABLE portal.scans ADD COLUMN compliance_backlog bigint;
