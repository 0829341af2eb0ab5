-- Usernames and e-mail addresses fold the same way in every database: lower() with the collation of a Turkish one makes
-- ivan and IVAN two users. The collation "C" folds the ASCII letters, and a username has no others.

DROP INDEX user_account_username_key;
DROP INDEX user_account_email_key;

-- Of users whose names are now the same, the oldest keeps the name. The others keep their accounts, with the id appended.
DO $$
DECLARE
    other record;
    new_name text;
BEGIN
    FOR other IN
        SELECT id, username
          FROM (SELECT id, username, row_number() OVER (PARTITION BY lower(username COLLATE "C") ORDER BY id) AS number
                  FROM user_account) u
         WHERE number > 1 ORDER BY id
    LOOP
        new_name := left(other.username, 40) || '-' || other.id;
        WHILE EXISTS (SELECT FROM user_account WHERE lower(username COLLATE "C") = lower(new_name COLLATE "C")) LOOP
            new_name := new_name || '-';
        END LOOP;
        UPDATE user_account SET username = new_name, row_version = row_version + 1 WHERE id = other.id;
        RAISE WARNING 'user %: an older user has the name %; renamed to %', other.id, other.username, new_name;
    END LOOP;
    FOR other IN
        SELECT id
          FROM (SELECT id, row_number() OVER (PARTITION BY lower(email COLLATE "C") ORDER BY id) AS number
                  FROM user_account WHERE email IS NOT NULL) u
         WHERE number > 1 ORDER BY id
    LOOP
        UPDATE user_account SET email = NULL, row_version = row_version + 1 WHERE id = other.id;
        RAISE WARNING 'user %: an older user has the same e-mail address; removed', other.id;
    END LOOP;
END $$;

CREATE UNIQUE INDEX user_account_username_key ON user_account (lower(username COLLATE "C"));
CREATE UNIQUE INDEX user_account_email_key ON user_account (lower(email COLLATE "C"));
