-- A name that a planner chose for a category, as batch_rooms.new_name is for a room.
CREATE TABLE portal.batch_categories (
    batch_id bigint NOT NULL,
    category uuid NOT NULL,
    new_name text NOT NULL,
    CONSTRAINT pk_batch_categories PRIMARY KEY (batch_id, category),
    CONSTRAINT fk_batch_categories_batches FOREIGN KEY (batch_id) REFERENCES portal.batches (id) ON DELETE CASCADE
);
