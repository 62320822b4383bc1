-- Paths that name one category each: a backslash before \, / and , inside a name, a number where siblings have one name.
WITH RECURSIVE named AS (
    SELECT scan_id, node_id, parent_id,
        replace(replace(replace(name, '\', '\\'), '/', '\/'), ',', '\,')
            || CASE WHEN btrim(name) = '' OR count(*) OVER (PARTITION BY scan_id, parent_id, name) > 1 THEN '\#' || left(replace(guid::text, '-', ''), 8) ELSE '' END AS name
    FROM portal.inventory_nodes
    WHERE is_legacy AND is_category),
paths AS (
    SELECT scan_id, node_id, '' AS path, 0 AS depth FROM named WHERE node_id = parent_id
    UNION ALL
    SELECT n.scan_id, n.node_id, CASE p.path WHEN '' THEN n.name ELSE p.path || ' / ' || n.name END, p.depth + 1
    FROM named n JOIN paths p ON p.scan_id = n.scan_id AND p.node_id = n.parent_id
    WHERE n.node_id <> n.parent_id AND p.depth < 100)
UPDATE portal.room_pairs r SET category = paths.path
FROM portal.inventory_nodes n JOIN paths ON paths.scan_id = n.scan_id AND paths.node_id = n.parent_id
WHERE n.scan_id = r.scan_id AND n.is_legacy AND n.node_id = r.legacy_node_id AND NOT r.is_vanished AND r.category <> paths.path;
