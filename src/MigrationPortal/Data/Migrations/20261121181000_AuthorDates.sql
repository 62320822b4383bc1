-- Who wrote before a cut-off only is not needed in the new pool. A scan of before has no dates, and everybody counts.
ALTER TABLE portal.inventory_messages ADD authors_last_ticks bigint[] NOT NULL DEFAULT '{}';
