package dealbrain.accounts;

/** Expressions of SQL on {@code user_account}, for the statements of all modules. */
public final class UserColumns {
    /**
     * The folded form of a username, which has ASCII characters only. It is indexed, and equals the folded form of
     * {@link dealbrain.database.Words#foldName}. The collation makes it independent of the locale of the database: in
     * Turkish, lower('I') is not i.
     */
    public static final String FOLDED_USERNAME = "lower(username COLLATE \"C\")";

    private UserColumns() {}

    /** Returns the name that others see, of the user with the alias {@code user}: the display name or the username. */
    public static String shownName(String user) {
        return "coalesce(nullif(btrim(" + user + ".display_name), ''), " + user + ".username)";
    }
}
