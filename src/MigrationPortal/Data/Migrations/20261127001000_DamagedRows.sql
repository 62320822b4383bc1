-- What was wrong in rows that a scan read, and how much text the columns of each side hold: both are judged when a batch is planned.
CREATE TABLE portal.inventory_faults (
    scan_id bigint NOT NULL,
    is_legacy boolean NOT NULL,
    "table" text NOT NULL,
    "column" text NOT NULL,
    key text NOT NULL,
    problem text NOT NULL,
    node_id integer,
    principal_id integer,
    blocks boolean NOT NULL,
    rows bigint NOT NULL
);
CREATE INDEX ix_inventory_faults ON portal.inventory_faults (scan_id, is_legacy);

CREATE TABLE portal.inventory_widths (
    scan_id bigint NOT NULL,
    is_legacy boolean NOT NULL,
    "table" text NOT NULL,
    "column" text NOT NULL,
    characters integer NOT NULL,
    CONSTRAINT pk_inventory_widths PRIMARY KEY (scan_id, is_legacy, "table", "column")
);
