-- A difference is accepted as it was seen; what comes on top of it is new.
ALTER TABLE portal.room_pairs ADD COLUMN message_difference text;
ALTER TABLE portal.rooms
    ADD COLUMN accepted_differences text[] NOT NULL DEFAULT '{}',
    ADD COLUMN accepted_messages text;
-- What the list of a batch's proofs says of each, so that it reads no proof whole.
ALTER TABLE portal.room_verifications
    ADD COLUMN differences text[] NOT NULL DEFAULT '{}',
    ADD COLUMN message_difference text,
    ADD COLUMN new_message_count bigint NOT NULL DEFAULT 0,
    ADD COLUMN equal_message_count bigint NOT NULL DEFAULT 0,
    ADD COLUMN finding_count bigint NOT NULL DEFAULT 0;

UPDATE portal.room_verifications v SET
    differences = CASE WHEN v.grade = 'Poor' THEN array['Messages'] ELSE '{}' END || coalesce(
        (SELECT array_agg(DISTINCT s->>'property') FROM jsonb_array_elements(v.proof->'settings') s WHERE s->>'byRule' IS NULL), '{}'),
    message_difference = CASE WHEN v.grade = 'Poor' THEN (v.proof->'new'->>'count') || ':' || left(v.proof->'new'->>'digest', 16) END,
    new_message_count = (v.proof->'new'->>'count')::bigint,
    equal_message_count = greatest((v.proof->'new'->>'count')::bigint - (v.proof->>'mismatchCount')::bigint, 0),
    finding_count = (v.proof->>'mismatchCount')::bigint
        + (SELECT count(*) FROM jsonb_array_elements(v.proof->'settings') s WHERE s->>'byRule' IS NULL);

UPDATE portal.room_pairs SET message_difference = (coalesce(new_message_count, 0) - new_since_count)::text WHERE 'Messages' = ANY (differences);
UPDATE portal.rooms r SET accepted_differences = p.differences, accepted_messages = p.message_difference
FROM portal.room_pairs p
JOIN portal.pool_pairs pool ON pool.current_scan_id = p.scan_id
WHERE p.room_id = r.id AND r.accepted_at IS NOT NULL;
