-- The list is filtered, sorted and counted over all rooms: what only a room's own page shows would make every such row five times as wide.
CREATE TABLE portal.room_pair_properties (
    scan_id bigint NOT NULL,
    room_id bigint NOT NULL,
    lines jsonb NOT NULL,
    CONSTRAINT pk_room_pair_properties PRIMARY KEY (scan_id, room_id)
);

INSERT INTO portal.room_pair_properties (scan_id, room_id, lines)
SELECT scan_id, room_id, properties FROM portal.room_pairs;

ALTER TABLE portal.room_pairs ADD COLUMN differences text[] NOT NULL DEFAULT '{}';

UPDATE portal.room_pairs p
SET differences = ARRAY(SELECT line ->> 'property' FROM jsonb_array_elements(p.properties) WITH ORDINALITY AS x (line, place) WHERE (line ->> 'differs')::boolean ORDER BY place)
WHERE difference_count > 0;

ALTER TABLE portal.room_pairs DROP COLUMN properties;
