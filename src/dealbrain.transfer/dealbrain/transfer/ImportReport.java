package dealbrain.transfer;

/**
 * The result of a dry run.
 *
 * @param name            the name of the collection: that of the file, or of the collection that is appended to
 * @param listingsMatched the number of listings that exist
 * @param listingsNew     the number of listings that would be created
 */
record ImportReport(String name, int items, int listingsMatched, int listingsNew) {}
