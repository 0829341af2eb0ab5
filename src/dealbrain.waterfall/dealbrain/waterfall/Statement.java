package dealbrain.waterfall;

import org.jspecify.annotations.Nullable;

/**
 * A statement without the values of its parameters. There is one object for each text.
 *
 * @param fingerprint as in the statistics of statements
 * @param summary     operation and table, as in {@code SELECT listing}
 * @param text        in one line, with placeholders
 * @param daoMethod   as in {@code ListingDao.find}; null if unknown
 */
public record Statement(
        String fingerprint,
        String summary,
        String text,
        @Nullable String daoMethod) {}
