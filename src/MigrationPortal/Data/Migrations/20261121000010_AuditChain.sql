-- Where the chain ends: without it, cutting off the newest rows would leave a chain that still adds up.
CREATE TABLE portal.audit_head (
    is_head boolean NOT NULL DEFAULT true,
    id bigint NOT NULL,
    hash bytea NOT NULL,
    count bigint NOT NULL,
    CONSTRAINT pk_audit_head PRIMARY KEY (is_head),
    CONSTRAINT ck_audit_head_is_one CHECK (is_head)
);
INSERT INTO portal.audit_head (id, hash, count) VALUES (0, decode(repeat('00', 32), 'hex'), 0);

CREATE FUNCTION portal.refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'audit rows are only ever added: % on % is refused', TG_OP, TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END
$$;

CREATE TRIGGER tr_audit_entries_rows BEFORE UPDATE OR DELETE ON portal.audit_entries
    FOR EACH ROW EXECUTE FUNCTION portal.refuse_audit_change();
CREATE TRIGGER tr_audit_entries_table BEFORE TRUNCATE ON portal.audit_entries
    FOR EACH STATEMENT EXECUTE FUNCTION portal.refuse_audit_change();

-- The head only steps forward, by one.
CREATE TRIGGER tr_audit_head_step BEFORE UPDATE ON portal.audit_head
    FOR EACH ROW WHEN (NEW.id <> OLD.id + 1 OR NEW.count <> OLD.count + 1) EXECUTE FUNCTION portal.refuse_audit_change();
CREATE TRIGGER tr_audit_head_rows BEFORE DELETE ON portal.audit_head
    FOR EACH ROW EXECUTE FUNCTION portal.refuse_audit_change();
CREATE TRIGGER tr_audit_head_table BEFORE TRUNCATE ON portal.audit_head
    FOR EACH STATEMENT EXECUTE FUNCTION portal.refuse_audit_change();

CREATE INDEX ix_audit_entries_at ON portal.audit_entries (at);
