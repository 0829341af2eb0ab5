package dealbrain.accounts;

/** What a user may do beyond what is theirs. */
public enum Role {
    USER,
    /** May also change the catalog and everybody's listings, and see the operator's view. */
    ADMIN
}
