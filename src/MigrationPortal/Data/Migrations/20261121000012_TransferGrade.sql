ALTER TABLE portal.room_transfers
    ADD COLUMN grade text,
    ADD COLUMN finding_count bigint NOT NULL DEFAULT 0;
