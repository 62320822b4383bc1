ALTER TABLE portal.runs
    ADD COLUMN fingerprint text NOT NULL DEFAULT '',
    ADD COLUMN document bytea NOT NULL DEFAULT '',
    ADD COLUMN node text,
    ADD COLUMN note text,
    ADD COLUMN revision bigint NOT NULL DEFAULT 0;

ALTER TABLE portal.room_transfers
    ADD COLUMN verified_message_count bigint NOT NULL DEFAULT 0,
    ADD COLUMN revision bigint NOT NULL DEFAULT 0;

-- Every few seconds while a run moves: what rates and estimates are made of.
CREATE TABLE portal.run_samples (
    run_id bigint NOT NULL,
    at timestamptz NOT NULL,
    copied_message_count bigint NOT NULL,
    verified_message_count bigint NOT NULL,
    CONSTRAINT pk_run_samples PRIMARY KEY (run_id, at)
);

-- A room has at most one page whose outcome is open.
CREATE UNIQUE INDEX ux_ledger_pages_open ON portal.ledger_pages (batch_id, room_guid) WHERE confirmed_at IS NULL;
