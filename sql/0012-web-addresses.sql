-- Schemes and hosts of web addresses are stored in lower case, so that an import finds a listing by its address in any
-- case. Addresses with a user are left alone, as its name may not change.
UPDATE listing
   SET listing_url = lower(substring(listing_url FROM '^[^:]*://[^/?#]*') COLLATE "C")
                     || substring(listing_url FROM '^[^:]*://[^/?#]*(.*)$')
 WHERE listing_url COLLATE "C" ~ '^[^:]*://[^/?#@]*[A-Z]' AND listing_url !~ '^[^:]*://[^/?#]*@';
