-- Who gains and who loses, line by line: a batch shows its own, a person's page those of all batches.
CREATE TABLE portal.plan_right_changes (
    plan_id bigint NOT NULL,
    ordinal integer NOT NULL,
    principal uuid NOT NULL,
    person text NOT NULL,
    room uuid,
    subject text NOT NULL,
    "right" text NOT NULL,
    before boolean NOT NULL,
    after boolean NOT NULL,
    cause text NOT NULL,
    CONSTRAINT pk_plan_right_changes PRIMARY KEY (plan_id, ordinal),
    CONSTRAINT fk_plan_right_changes_batch_plans FOREIGN KEY (plan_id) REFERENCES portal.batch_plans (id) ON DELETE CASCADE
);
CREATE INDEX ix_plan_right_changes_principal ON portal.plan_right_changes (principal, plan_id);

-- Plans of before have no lines; those that somebody may still read are made anew.
UPDATE portal.batch_plans p SET batch_version = -1
FROM portal.batches b WHERE b.id = p.batch_id AND b.state IN ('Draft', 'InReview', 'Approved', 'Scheduled');
