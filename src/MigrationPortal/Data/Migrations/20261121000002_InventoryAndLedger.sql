-- The inventory is loaded by COPY and read by set-based SQL, never row by row: no entity maps it.
CREATE TABLE portal.inventory_nodes (
    scan_id bigint NOT NULL,
    is_legacy boolean NOT NULL,
    node_id integer NOT NULL,
    guid uuid NOT NULL,
    parent_id integer,
    is_category boolean NOT NULL,
    name text NOT NULL,
    description text NOT NULL,
    topic text,
    invite boolean,
    logged boolean,
    file_post boolean,
    disabled boolean NOT NULL,
    behavior text NOT NULL,
    visibility text,
    add_in_id uuid,
    added_by integer NOT NULL,
    added_on bigint NOT NULL,
    updated_by integer NOT NULL,
    updated_on bigint NOT NULL,
    purged_on timestamp,
    inheritance boolean NOT NULL,
    override_member boolean NOT NULL,
    restrict_child_create boolean,
    scope_definer_id integer,
    role_definer_id integer,
    CONSTRAINT pk_inventory_nodes PRIMARY KEY (scan_id, is_legacy, node_id)
);

CREATE TABLE portal.inventory_principals (
    scan_id bigint NOT NULL,
    is_legacy boolean NOT NULL,
    principal_id integer NOT NULL,
    guid uuid NOT NULL,
    uri text NOT NULL,
    name text,
    display_name text,
    company_name text,
    email text,
    directory_path text,
    user_principal_name text,
    disabled smallint NOT NULL,
    type text NOT NULL,
    allowed_permissions bigint NOT NULL,
    added_on bigint NOT NULL,
    updated_on bigint NOT NULL,
    verified_on timestamp NOT NULL,
    CONSTRAINT pk_inventory_principals PRIMARY KEY (scan_id, is_legacy, principal_id)
);

CREATE TABLE portal.inventory_affiliations (
    scan_id bigint NOT NULL,
    is_legacy boolean NOT NULL,
    principal_id integer NOT NULL,
    affiliation_id integer NOT NULL,
    index integer NOT NULL
);
CREATE INDEX ix_inventory_affiliations ON portal.inventory_affiliations (scan_id, is_legacy, principal_id);

CREATE TABLE portal.inventory_roles (
    scan_id bigint NOT NULL,
    is_legacy boolean NOT NULL,
    node_id integer NOT NULL,
    principal_id integer NOT NULL,
    type text NOT NULL,
    honors_override boolean,
    honors_scope boolean,
    CONSTRAINT pk_inventory_roles PRIMARY KEY (scan_id, is_legacy, node_id, principal_id, type)
);

CREATE TABLE portal.inventory_scopes (
    scan_id bigint NOT NULL,
    is_legacy boolean NOT NULL,
    node_id integer NOT NULL,
    principal_id integer NOT NULL,
    is_denied boolean NOT NULL,
    CONSTRAINT pk_inventory_scopes PRIMARY KEY (scan_id, is_legacy, node_id, principal_id)
);

CREATE TABLE portal.inventory_add_ins (
    scan_id bigint NOT NULL,
    is_legacy boolean NOT NULL,
    id uuid NOT NULL,
    name text NOT NULL,
    url text NOT NULL,
    CONSTRAINT pk_inventory_add_ins PRIMARY KEY (scan_id, is_legacy, id)
);

CREATE TABLE portal.inventory_messages (
    scan_id bigint NOT NULL,
    is_legacy boolean NOT NULL,
    node_id integer NOT NULL,
    count bigint NOT NULL,
    first_chat_id bigint,
    last_message_id bigint,
    first_ticks bigint,
    last_ticks bigint,
    last_chat_id bigint,
    counter_rows integer NOT NULL,
    authors integer[] NOT NULL,
    CONSTRAINT pk_inventory_messages PRIMARY KEY (scan_id, is_legacy, node_id)
);

-- The ledger is written ahead of the target and may hold a million rows a batch: COPY again, no entity.
CREATE TABLE portal.ledger_ids (
    batch_id bigint NOT NULL,
    kind text NOT NULL,
    guid uuid NOT NULL,
    id integer NOT NULL,
    CONSTRAINT pk_ledger_ids PRIMARY KEY (batch_id, kind, guid)
);

CREATE TABLE portal.ledger_rows (
    batch_id bigint NOT NULL,
    table_name text NOT NULL,
    key text NOT NULL,
    hash bytea NOT NULL,
    confirmed_at timestamptz,
    CONSTRAINT pk_ledger_rows PRIMARY KEY (batch_id, table_name, key)
);

CREATE TABLE portal.ledger_pages (
    batch_id bigint NOT NULL,
    room_guid uuid NOT NULL,
    first_chat_id bigint NOT NULL,
    last_chat_id bigint NOT NULL,
    count integer NOT NULL,
    sha256 bytea NOT NULL,
    confirmed_at timestamptz,
    CONSTRAINT pk_ledger_pages PRIMARY KEY (batch_id, room_guid, first_chat_id)
);
