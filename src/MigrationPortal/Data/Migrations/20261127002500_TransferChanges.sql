-- When a transfer was changed last: other nodes read what changed since they looked, not the whole run. By a trigger, so that no
-- statement can forget it.
ALTER TABLE portal.room_transfers ADD COLUMN changed_at timestamptz NOT NULL DEFAULT now();
CREATE INDEX ix_room_transfers_changed ON portal.room_transfers (run_id, changed_at);
CREATE FUNCTION portal.note_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN new.changed_at := clock_timestamp(); RETURN new; END $$;
CREATE TRIGGER tr_room_transfers_changed BEFORE UPDATE ON portal.room_transfers FOR EACH ROW EXECUTE FUNCTION portal.note_change();
