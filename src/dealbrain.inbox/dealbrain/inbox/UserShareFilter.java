package dealbrain.inbox;

/** Which of the received shares; unviewed are those that can be viewed still, so not the expired ones. */
public enum UserShareFilter {
    ALL,
    UNVIEWED,
    IMPORTED,
    EXPIRED
}
