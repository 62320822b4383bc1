-- Job classes stand in their features. Jobs that an earlier version left waiting are stored by the class's full name; the scheduler
-- makes its tables after this, so on a new database there is nothing to rename.
DO $$
BEGIN
    IF to_regclass('jobs.qrtz_job_details') IS NOT NULL THEN
        UPDATE jobs.qrtz_job_details SET job_class_name = replace(job_class_name, 'MigrationPortal.Jobs.RunBatchJob', 'MigrationPortal.Runs.Working.RunBatchJob');
        UPDATE jobs.qrtz_job_details SET job_class_name = replace(job_class_name, 'MigrationPortal.Jobs.ScanJob', 'MigrationPortal.Rooms.Scanning.ScanJob');
        UPDATE jobs.qrtz_job_details SET job_class_name = replace(job_class_name, 'MigrationPortal.Jobs.UndoBatchJob', 'MigrationPortal.Undo.UndoBatchJob');
        UPDATE jobs.qrtz_job_details SET job_class_name = replace(job_class_name, 'MigrationPortal.Jobs.VerifyBatchJob', 'MigrationPortal.Verification.VerifyBatchJob');
    END IF;
END $$;
