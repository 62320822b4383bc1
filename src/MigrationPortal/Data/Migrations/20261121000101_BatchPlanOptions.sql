-- The options a plan was made with, so that two plans can say which option changed between them.
ALTER TABLE portal.batch_plans ADD COLUMN options jsonb NOT NULL DEFAULT '{}';
ALTER TABLE portal.batch_plans ALTER COLUMN options DROP DEFAULT;

-- A POST /batches that is sent again with the same key answers with the batch that the first one made.
ALTER TABLE portal.batches ADD COLUMN idempotency_key text;
CREATE UNIQUE INDEX ux_batches_idempotency_key ON portal.batches (author, idempotency_key) WHERE idempotency_key IS NOT NULL;
