-- What the legacy pool holds where a guid is no identity: guid is then made from it and the address.
ALTER TABLE portal.inventory_principals ADD COLUMN shared_guid uuid;
