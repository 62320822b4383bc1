-- Who has a right in a room that was migrated after the scan, as its verification read it; null where the scan's own rows say it.
ALTER TABLE portal.room_pair_properties
    ADD COLUMN new_members uuid[],
    ADD COLUMN new_managers uuid[],
    ADD COLUMN new_presenters uuid[];
