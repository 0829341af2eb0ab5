package dealbrain.transfer;

/**
 * The result of a dry run.
 *
 * @param listingsMatched the number of listings that exist
 * @param listingsNew     the number of listings that would be created
 */
record ImportReport(String name, int items, int listingsMatched, int listingsNew) {}
