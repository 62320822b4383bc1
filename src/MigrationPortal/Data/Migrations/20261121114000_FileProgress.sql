-- A run that moves large files does not stand still.
ALTER TABLE portal.run_samples ADD COLUMN copied_file_byte_count bigint NOT NULL DEFAULT 0;

-- To Windows two spellings of a path are one file, so one batch may need what another wrote under the other spelling.
CREATE INDEX ix_ledger_files_spelling ON portal.ledger_files (store, lower(path));
DROP INDEX portal.ix_ledger_files_path;
