package dealbrain.recognition;

/**
 * A value that was recognised.
 *
 * @param field      the member of the listing; {@code cpu} and {@code gpu} for the names of parts, {@code price} for a
 *                   price in another currency than US dollars
 * @param confidence between 0 and 1
 */
record RecognisedValue(String field, String value, OfferSource source, double confidence) {}
