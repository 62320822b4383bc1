CREATE INDEX ix_inventory_files_path ON portal.inventory_files (scan_id, is_legacy, path);
