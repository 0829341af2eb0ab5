package dealbrain.listings;

/** The filter {@code owner} of a list: {@code me} for the listings of the user who sends the request. */
public enum ListingOwner {
    ME
}
