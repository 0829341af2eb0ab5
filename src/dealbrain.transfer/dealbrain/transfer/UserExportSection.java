package dealbrain.transfer;

/**
 * The parts of an export of everything that is a user's own. Each is one statement, whose rows are JSON objects. Columns
 * of the user and of tokens are named, as others of these tables are secrets; of the others all are written, except the
 * owner and what is internal.
 */
enum UserExportSection {
    PROFILE("profile", """
            SELECT jsonb_build_object('id', id, 'username', username, 'email', email, 'display_name', display_name,
                   'role', role, 'created_at', created_at)::text
              FROM user_account WHERE id = :userId
            """),
    TOKENS("tokens", """
            SELECT jsonb_build_object('id', id, 'name', name, 'scope', scope, 'session', session,
                   'created_at', created_at, 'expires_at', expires_at,
                   'last_used_at', last_used_at, 'last_used_from', last_used_from)::text
              FROM access_token WHERE user_id = :userId ORDER BY id
            """),
    LISTINGS("listings", """
            SELECT (to_jsonb(l) - ARRAY['owner_id', 'row_version'] || jsonb_build_object(
                   'cpu', cpu.name, 'gpu', gpu.name, 'ram_spec', ram.label, 'primary_storage_profile', first.label,
                   'secondary_storage_profile', second.label, 'ports_profile', ports.name,
                   'active_profile', profile.name, 'ruleset', ruleset.name))::text
              FROM listing l
              LEFT JOIN cpu ON cpu.id = l.cpu_id
              LEFT JOIN gpu ON gpu.id = l.gpu_id
              LEFT JOIN ram_spec ram ON ram.id = l.ram_spec_id
              LEFT JOIN storage_profile first ON first.id = l.primary_storage_profile_id
              LEFT JOIN storage_profile second ON second.id = l.secondary_storage_profile_id
              LEFT JOIN ports_profile ports ON ports.id = l.ports_profile_id
              LEFT JOIN scoring_profile profile ON profile.id = l.active_profile_id
              LEFT JOIN ruleset ON ruleset.id = l.ruleset_id
             WHERE l.owner_id = :userId ORDER BY l.id
            """),
    COLLECTIONS("collections", """
            SELECT (to_jsonb(c) - ARRAY['user_id', 'row_version', 'key_generation', 'position_gaps'])::text
              FROM collection c WHERE c.user_id = :userId ORDER BY c.id
            """),
    COLLECTION_ITEMS("collection_items", """
            SELECT (to_jsonb(i) - ARRAY['order_key', 'row_version'] || jsonb_build_object(
                   'position', shown_position(i.position, c.position_gaps), 'listing_title', l.title))::text
              FROM collection c
              JOIN collection_item i ON i.collection_id = c.id
              JOIN listing l ON l.id = i.listing_id
             WHERE c.user_id = :userId ORDER BY c.id, i.order_key
            """),
    LISTING_LINKS("listing_links", """
            SELECT (to_jsonb(s) - 'created_by')::text FROM listing_share s WHERE s.created_by = :userId ORDER BY s.id
            """),
    COLLECTION_LINKS("collection_links", """
            SELECT to_jsonb(s)::text FROM collection_share s JOIN collection c ON c.id = s.collection_id
             WHERE c.user_id = :userId ORDER BY s.id
            """),
    SHARES_SENT("shares_sent", """
            SELECT (to_jsonb(s) - ARRAY['sender_id', 'share_token'] || jsonb_build_object(
                   'recipient', u.username, 'listing_title', l.title))::text
              FROM user_share s JOIN user_account u ON u.id = s.recipient_id JOIN listing l ON l.id = s.listing_id
             WHERE s.sender_id = :userId ORDER BY s.id
            """),
    SHARES_RECEIVED("shares_received", """
            SELECT (to_jsonb(s) - 'recipient_id' || jsonb_build_object(
                   'sender', u.username, 'listing_title', l.title))::text
              FROM user_share s JOIN user_account u ON u.id = s.sender_id JOIN listing l ON l.id = s.listing_id
             WHERE s.recipient_id = :userId ORDER BY s.id
            """),
    NOTIFICATIONS("notifications", """
            SELECT (to_jsonb(n) - 'user_id')::text FROM notification n WHERE n.user_id = :userId ORDER BY n.id
            """),
    /** What the user did, and what was done to the user: without the address and the request of another user. */
    AUDIT_ENTRIES("audit_entries", """
            SELECT (to_jsonb(e) - ARRAY['failure_hour'] || CASE WHEN e.actor_id <> u.id
                        THEN jsonb_build_object('address', NULL, 'request_id', NULL) ELSE '{}'::jsonb END)::text
              FROM user_account u
              JOIN audit_entry e
                ON e.actor_id = u.id AND lower(e.actor_name COLLATE "C") = lower(u.username COLLATE "C")
                OR e.target_id = u.id AND e.target_kind = 'user'
                   AND lower(e.target_name COLLATE "C") = lower(u.username COLLATE "C")
             WHERE u.id = :userId ORDER BY e.id
            """);

    private final String member;
    private final String query;

    UserExportSection(String member, String query) {
        this.member = member;
        this.query = query;
    }

    /** Returns the name of its member in the file. */
    String member() {
        return member;
    }

    /** Returns the text of its statement, with the parameter {@code :userId}. */
    String query() {
        return query;
    }

    /** Returns whether it is one object, not a list. */
    boolean isSingle() {
        return this == PROFILE;
    }
}
