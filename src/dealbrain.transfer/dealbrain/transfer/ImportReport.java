package dealbrain.transfer;

/**
 * What an import would do.
 *
 * @param listingsMatched how many of the listings are known here
 * @param listingsNew     how many would be made
 */
record ImportReport(String name, int items, int listingsMatched, int listingsNew) {}
