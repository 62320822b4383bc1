ALTER TABLE portal.room_transfers
    ADD COLUMN copied_file_count bigint NOT NULL DEFAULT 0,
    ADD COLUMN total_file_count bigint NOT NULL DEFAULT 0,
    ADD COLUMN copied_file_byte_count bigint NOT NULL DEFAULT 0;

ALTER TABLE portal.undos
    ADD COLUMN file_count bigint NOT NULL DEFAULT 0,
    ADD COLUMN removed_file_count bigint NOT NULL DEFAULT 0;

-- What a batch wrote into the new file store, written ahead as its rows are. A folder's path ends with a slash.
-- sha256 is null until the file is whole; is_ours is false where the file stood there already and is only needed.
CREATE TABLE portal.ledger_files (
    batch_id bigint NOT NULL,
    path text NOT NULL,
    store text NOT NULL,
    length bigint NOT NULL DEFAULT 0,
    modified_on bigint NOT NULL DEFAULT 0,
    sha256 bytea,
    is_ours boolean NOT NULL DEFAULT true,
    confirmed_at timestamptz,
    CONSTRAINT pk_ledger_files PRIMARY KEY (batch_id, path)
);
CREATE INDEX ix_ledger_files_path ON portal.ledger_files (store, path);

-- Loaded by COPY with a scan, like the rest of the inventory; only where a file store is configured.
CREATE TABLE portal.inventory_files (
    scan_id bigint NOT NULL,
    is_legacy boolean NOT NULL,
    name text NOT NULL,
    path text,
    key text,
    name_key text,
    length bigint NOT NULL,
    modified_on bigint NOT NULL,
    problem text
);
CREATE INDEX ix_inventory_files_key ON portal.inventory_files (scan_id, is_legacy, key);
CREATE INDEX ix_inventory_files_name ON portal.inventory_files (scan_id, is_legacy, name_key);

-- One row a link; path is the legacy file it was matched to, after the listing was loaded.
CREATE TABLE portal.inventory_file_links (
    scan_id bigint NOT NULL,
    ordinal bigint NOT NULL,
    node_id integer NOT NULL,
    chat_id bigint NOT NULL,
    target text NOT NULL,
    paths text[] NOT NULL,
    keys text[] NOT NULL,
    name_key text,
    path text,
    problem text,
    CONSTRAINT pk_inventory_file_links PRIMARY KEY (scan_id, ordinal)
);
CREATE INDEX ix_inventory_file_links_node ON portal.inventory_file_links (scan_id, node_id);
CREATE INDEX ix_inventory_file_links_path ON portal.inventory_file_links (scan_id, path);
