-- Turns a filled database of Lync Server 2010 Group Chat into one as OCS 2007 R2 may have it. Microsoft documents none: this is one shape
-- that its family allows, made to differ in everything that must be found by probe: no prefix, other numbers, fewer columns, wider flags.
INSERT INTO tblEnumValue SELECT valueID + 10, attributeID, attributeValue FROM tblEnumValue;
INSERT INTO tblRoleType SELECT rtypeID + 20, rtypeDesc, rtypeAllowedPermSet, honorsOverride, honorsScope FROM tblRoleType;
UPDATE tblNode SET behavior = behavior + 10, visibility = visibility + 10;
UPDATE tblPrincipalRole SET prinRoleTypeID = prinRoleTypeID + 20;
DELETE FROM tblEnumValue WHERE valueID < 10;
DELETE FROM tblRoleType WHERE rtypeID < 20;
ALTER TABLE tblNode DROP COLUMN scopeDefinerId, DROP COLUMN roleDefinerId, DROP COLUMN restrictChildCreate, DROP COLUMN scopeChange,
    ALTER COLUMN disabled TYPE smallint USING disabled::int;
ALTER TABLE tblPrincipalRole DROP COLUMN honorsOverride, DROP COLUMN honorsScope;
ALTER TABLE tblRoleType DROP COLUMN honorsOverride, DROP COLUMN honorsScope;
ALTER TABLE tblPrincipal DROP COLUMN prinAllowedPermSet, DROP COLUMN prinUseInheritedPerms;
DROP TABLE tblPurgedRoles, tblPurgedScoped, tblTree, tblLogs;
DO $$
DECLARE
    found text;
BEGIN
    FOR found IN SELECT relname FROM pg_class WHERE relkind = 'r' AND relname LIKE 'tbl%' AND pg_table_is_visible(oid) LOOP
        EXECUTE format('ALTER TABLE %I RENAME TO %I', found, substr(found, 4));
    END LOOP;
END $$;
