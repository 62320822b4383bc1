-- One key for every search: composed, and without case in any script, whatever language the server was set up with.
-- A server without ICU folds case by its own language. Text of ASCII alone needs no composing.
DO $make$
BEGIN
    EXECUTE format(
        $sql$
        CREATE FUNCTION portal.search_text(value text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
        $$ SELECT CASE WHEN octet_length(value) = char_length(value) THEN lower(value COLLATE "C") COLLATE "C" ELSE lower(normalize(value, NFC) COLLATE %s) COLLATE "C" END $$
        $sql$,
        (SELECT CASE WHEN count(*) > 0 THEN 'pg_catalog."und-x-icu"' ELSE '"default"' END FROM pg_collation WHERE collname = 'und-x-icu' AND collencoding IN (-1, 6)));
END
$make$;

CREATE FUNCTION portal.text_contains(value text, search text) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$ SELECT strpos(portal.search_text(value) COLLATE "C", portal.search_text(search) COLLATE "C") > 0 $$;
