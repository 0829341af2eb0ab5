package dealbrain.inbox;

/** A filter for received shares. */
enum UserShareFilter {
    ALL,
    /** Without expired shares, which cannot be viewed any more. */
    UNVIEWED,
    IMPORTED,
    EXPIRED
}
