package dealbrain.accounts;

/** The rights of a user. */
public enum Role {
    USER,
    /** May also change the catalog and all listings, and use the endpoints of the operator. */
    ADMIN
}
