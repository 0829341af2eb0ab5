package dealbrain.accounts;

/** What an entry of the audit log says was done. Stored in lower case; a constant must not be renamed. */
public enum AuditAction {
    SIGNED_IN,
    SIGN_IN_FAILED,
    TOKEN_DELETED,
    OTHER_TOKENS_DELETED,
    PASSWORD_CHANGED,
    /** An administrator set a one-time password. */
    PASSWORD_RESET,
    USER_CREATED,
    USER_CHANGED,
    USER_DISABLED,
    USER_ENABLED,
    USER_DELETED,
    INVITE_CREATED,
    INVITE_DELETED,
    PART_CHANGED,
    PART_DELETED,
    PARTS_IMPORTED,
    LISTING_CHANGED,
    LISTING_DELETED,
    PROFILER_SETTINGS_CHANGED,
    RECORDING_CREATED,
    CACHE_DELETED,
    CACHE_WARMED
}
