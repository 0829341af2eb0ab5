-- Accounts that administrators manage (docs/decisions/0032-accounts.md).

-- disabled_at: the user is refused since then. password_expires_at: the password is a one-time password, with which the
-- user can sign in until then; null for a password that the user has chosen.
ALTER TABLE user_account ADD COLUMN disabled_at timestamptz, ADD COLUMN password_expires_at timestamptz;

CALL index_words('user_account', 'username, display_name, email',
    $$NEW.username || ' ' || coalesce(NEW.display_name, '') || ' ' || coalesce(NEW.email, '')$$);

-- The last administrator who can sign in with a password of their own stays one. Transactions that take this from two
-- administrators wait for each other, before the second one looks who is left: a statement of this function sees what was
-- committed until then. The application takes the same lock before that of the row.
CREATE INDEX user_account_admin_idx ON user_account (id) WHERE role = 'admin';

CREATE FUNCTION keep_an_administrator() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('dealbrain administrators'));
    IF NOT EXISTS (SELECT FROM user_account
                    WHERE role = 'admin' AND disabled_at IS NULL AND password_expires_at IS NULL AND id <> OLD.id) THEN
        RAISE EXCEPTION 'user % is the last administrator who can sign in', OLD.username
            USING ERRCODE = 'check_violation', CONSTRAINT = 'user_account_last_administrator', TABLE = 'user_account';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER keep_an_administrator_update
    BEFORE UPDATE OF role, disabled_at, password_expires_at ON user_account FOR EACH ROW
    WHEN (OLD.role = 'admin' AND OLD.disabled_at IS NULL AND OLD.password_expires_at IS NULL
          AND NOT (NEW.role = 'admin' AND NEW.disabled_at IS NULL AND NEW.password_expires_at IS NULL))
    EXECUTE FUNCTION keep_an_administrator();
CREATE TRIGGER keep_an_administrator_delete BEFORE DELETE ON user_account FOR EACH ROW
    WHEN (OLD.role = 'admin' AND OLD.disabled_at IS NULL AND OLD.password_expires_at IS NULL)
    EXECUTE FUNCTION keep_an_administrator();

-- Invitations: with the code of one, a person can sign up while sign-up is closed.
CREATE TABLE invite (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    code_hash  bytea       NOT NULL CONSTRAINT invite_code_hash_key UNIQUE CHECK (octet_length(code_hash) = 32),
    note       text        CHECK (length(note) BETWEEN 1 AND 200),
    created_by bigint      REFERENCES user_account ON DELETE SET NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL,
    used_at    timestamptz,
    used_by    bigint      REFERENCES user_account ON DELETE SET NULL
);
CREATE INDEX invite_created_by_idx ON invite (created_by) WHERE created_by IS NOT NULL;
CREATE INDEX invite_used_by_idx ON invite (used_by) WHERE used_by IS NOT NULL;
CREATE INDEX invite_expires_at_idx ON invite (expires_at); -- for the sweep

DO $$
BEGIN
    EXECUTE format('ALTER FUNCTION keep_an_administrator() SET search_path = %I, pg_temp', current_schema());
END $$;
